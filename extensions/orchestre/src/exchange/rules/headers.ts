import { fold } from '../../platform/text.ts';
import type { ColumnReport, Fault, FieldPlan, Plan, Target } from './types.ts';

/** A header reduced to its words: `Prénom *`, `prenom` and `PRÉNOM` are one. */
export const headingKey = (header: string): string =>
	fold(header)
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.join(' ');

/** What other systems call our fields. Labels and field names win over these. */
const otherNames: Record<Target, Record<string, readonly string[]>> = {
	leads: {
		last_name: ['nom de famille', 'surname'],
		email: ['mail', 'courriel', 'adresse e-mail', 'adresse mail', 'email address'],
		phone: ['tel', 'mobile', 'portable', 'numéro de téléphone', 'phone number'],
		job_title: ['poste', 'titre', 'intitulé de poste'],
		company_name: ['entreprise', 'société', 'company', 'raison sociale', 'organisation'],
		website: ['site', 'url', 'site internet'],
		size_band: ['tranche d’effectif', 'nombre de salariés (tranche)'],
		employees: ['nombre de salariés', 'salariés'],
		need: ['besoin', 'message', 'commentaire'],
		budget_cents: ['budget'],
		owner: ['commercial', 'propriétaire'],
	},
	companies: {
		name: ['entreprise', 'société', 'company', 'nom de l’entreprise'],
		email: ['mail', 'courriel', 'e-mail'],
		phone: ['tel', 'téléphone'],
		website: ['site', 'url', 'site internet'],
		postal_code: ['cp'],
		siret: ['siret'],
		vat_number: ['tva', 'n tva', 'numéro de tva'],
		naf_code: ['naf', 'ape', 'code ape'],
		employees: ['nombre de salariés', 'salariés'],
		owner: ['commercial', 'propriétaire'],
	},
	people: {
		email: ['mail', 'courriel', 'adresse e-mail'],
		phone: ['tel'],
		mobile: ['portable'],
		job_title: ['poste', 'titre'],
		company: ['société', 'nom de l’entreprise'],
		postal_code: ['cp'],
		owner: ['commercial', 'propriétaire'],
	},
};

/** One column of the file and the field it fills; `raw`: named by the field's own name, so it holds what the field stores. */
export type Column = { header: string; index: number; field: FieldPlan | null; raw: boolean };

export type Headers = { columns: Column[]; reports: ColumnReport[]; faults: Fault[] };

type Named = { field: FieldPlan; raw: boolean };

function fieldsByName(plan: Plan): Map<string, Named> {
	const known = new Map<string, Named>();
	const add = (name: string, named: Named): void => {
		const key = headingKey(name);
		if (key && !known.has(key)) known.set(key, named);
	};
	for (const field of plan.fields) for (const name of field.names) add(name, { field, raw: false });
	for (const field of plan.fields) add(field.field, { field, raw: true });
	for (const field of plan.fields) for (const name of otherNames[plan.target][field.field] ?? []) add(name, { field, raw: false });
	return known;
}

const units: Record<string, [label: string, raw: string]> = {
	eur: ['en euros', 'en centimes'],
	keur: ['en milliers d’euros', 'en milliers d’euros'],
	percent: ['en pour cent', 'en points de base'],
	quantity: ['en unités', 'en millièmes'],
};

const hintOf = ({ field, raw }: Named): string | null => (field.unit ? (units[field.unit]?.[raw ? 1 : 0] ?? null) : null);

/**
 * Finds the field of every header: by French or English label, field name, or what other systems say; case, accents and
 * punctuation do not matter. A column with values that nothing can take is a fault, so that no data is lost unnoticed; an empty
 * one is left out in silence.
 *
 * @param isEmpty Whether the column of this index has no value in any row.
 */
export function readHeaders(plan: Plan, headers: readonly string[], headerRow: number, isEmpty: (index: number) => boolean): Headers {
	const known = fieldsByName(plan);
	const computed = new Map(plan.computed.flatMap(({ label, names }) => names.map((name) => [headingKey(name), label] as const)));
	const taken = new Map<string, string>();
	const result: Headers = { columns: [], reports: [], faults: [] };
	for (const [index, header] of headers.entries()) {
		const key = headingKey(header);
		const named = key ? known.get(key) : undefined;
		const leave = (hint: string, isFault: boolean): void => {
			result.columns.push({ header, index, field: null, raw: false });
			if (!isFault && !header) return;
			result.reports.push({ column: header, field: null, label: null, hint });
			if (isFault) result.faults.push({ row: headerRow, column: header || columnLetters(index), value: '', message: hint });
		};
		if (named && taken.has(named.field.field) && isEmpty(index)) leave('Colonne vide, laissée de côté.', false);
		else if (!named) {
			if (isEmpty(index)) leave('Colonne vide, laissée de côté.', false);
			else if (computed.has(key)) leave('Calculé par Orchestre : la colonne est laissée de côté.', false);
			else
				leave(
					header
						? 'Aucun champ ne porte ce nom : la colonne ne serait pas importée. Renommez-la ou supprimez-la.'
						: 'Cette colonne contient des valeurs, mais n’a pas d’en-tête.',
					true,
				);
		} else if (taken.has(named.field.field)) {
			leave(`Le champ « ${named.field.label} » est déjà rempli par la colonne « ${taken.get(named.field.field)} ».`, true);
		} else if (!named.field.allowed) {
			if (isEmpty(index)) leave('Colonne vide, laissée de côté.', false);
			else leave(`Vos droits ne permettent pas de renseigner « ${named.field.label} ».`, true);
		} else {
			taken.set(named.field.field, header);
			result.columns.push({ header, index, field: named.field, raw: named.raw });
			result.reports.push({ column: header, field: named.field.field, label: named.field.label, hint: hintOf(named) });
		}
	}
	return result;
}

/** The name that a spreadsheet gives to a column: 0 → A, 26 → AA. */
export const columnLetters = (index: number): string => (index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
