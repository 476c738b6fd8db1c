import type { Check, Message } from '../types.ts';
import type { Invoice } from './model/types.ts';
import type { Judged } from './rules/index.ts';
import { judge } from './rules/index.ts';
import type { Family } from './rules/types.ts';
import type { SchemaResult } from './schema/index.ts';

const kept: Record<Family, { code: string; message: (count: number) => Message }> = {
	mandatory: {
		code: 'EN16931-BR',
		message: (count) => ({ fr: `Mentions obligatoires présentes (${count} règles).`, en: `Mandatory terms are there (${count} rules).` }),
	},
	calculation: {
		code: 'EN16931-CO',
		message: (count) => ({ fr: `Les totaux sont justes (${count} règles).`, en: `The totals add up (${count} rules).` }),
	},
	vat: {
		code: 'EN16931-VAT',
		message: (count) => ({ fr: `La TVA est cohérente (${count} règles).`, en: `VAT is consistent (${count} rules).` }),
	},
	codes: {
		code: 'EN16931-CL',
		message: (count) => ({ fr: `Les codes sont ceux des listes officielles (${count} règles).`, en: `The codes are on the official lists (${count} rules).` }),
	},
	french: {
		code: 'BR-FR',
		message: (count) => ({ fr: `Règles françaises respectées (${count} règles).`, en: `The French rules hold (${count} rules).` }),
	},
};

const failed = ({ rule, findings }: Judged): Check[] =>
	findings.map(({ message, fields }) => ({ code: rule.code, passed: false, severity: rule.severity, message, fields }));

/** One check per finding; of a family without any, one that says so. The norm asks for reasons twice (BR-33 and BR-CO-21 …): said once. */
export function ruleChecks(invoice: Invoice): Check[] {
	const judged = judge(invoice);
	return (Object.keys(kept) as Family[]).flatMap((family) => {
		const own = judged.filter(({ rule }) => rule.family === family);
		const checks = own.flatMap(failed);
		const said = checks.filter((check, index) => checks.findIndex((one) => one.message.fr === check.message.fr) === index);
		if (said.length > 0 || own.length === 0) return said;
		return [{ code: kept[family].code, passed: true, severity: 'error', message: kept[family].message(own.length), fields: [] }];
	});
}

const check = (code: string, passed: boolean, severity: Check['severity'], fr: string, en: string): Check => ({
	code,
	passed,
	severity,
	message: { fr, en },
	fields: [],
});

const shown = (faults: { line: number; text: string }[]): string => faults.map(({ line, text }) => (line > 0 ? `l. ${line}: ${text}` : text)).join(' ; ');

export function schemaChecks(result: SchemaResult | null): Check[] {
	if (!result) {
		return [
			check('XSD', false, 'warning', 'La structure du fichier n’a pas pu être vérifiée (schéma XSD).', 'The file’s structure could not be checked (XSD).'),
		];
	}
	switch (result.state) {
		case 'uncovered':
			return [];
		case 'kept':
			return [check('XSD', true, 'error', 'La structure du fichier est conforme au schéma XSD.', 'The file’s structure follows its XSD schema.')];
		case 'beyond':
			return [
				check(
					'XSD',
					false,
					'warning',
					`Le fichier contient des éléments que son profil ne prévoit pas\u00a0; ses montants sont lus normalement. Détail technique\u00a0: ${shown(result.faults)}`,
					`The file has elements that its profile does not provide for; its figures are read all the same. Detail: ${shown(result.faults)}`,
				),
			];
		case 'broken':
			return [
				check(
					'XSD',
					false,
					'error',
					`La structure du fichier n’est pas conforme à son profil. Détail technique\u00a0: ${shown(result.faults)}`,
					`The file’s structure does not follow its profile. Detail: ${shown(result.faults)}`,
				),
			];
	}
}

/** What is wrong with the XML itself: not well-formed, or numbers and dates that are none. */
export function readingChecks(invoice: Invoice, faults: string[]): Check[] {
	const formed =
		faults.length === 0
			? []
			: [
					check(
						'XML',
						false,
						'error',
						'Le fichier XML est mal formé\u00a0: d’autres logiciels le rejettent, et une partie a pu être perdue.',
						'The XML is not well-formed; other programs reject it, and parts may be lost.',
					),
				];
	return [
		...formed,
		...invoice.unreadable.map(({ kind, element, text }) =>
			kind === 'number'
				? check('XML-NUMBER', false, 'error', `«\u00a0${text}\u00a0» n’est pas un nombre (${element}).`, `“${text}” is no number (${element}).`)
				: check('XML-DATE', false, 'error', `«\u00a0${text}\u00a0» n’est pas une date (${element}).`, `“${text}” is no date (${element}).`),
		),
	];
}
