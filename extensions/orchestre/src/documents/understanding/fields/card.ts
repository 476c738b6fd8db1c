import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { fold } from '../../../platform/text.ts';
import type { FieldName } from '../../types.ts';
import type { Block } from '../blocks.ts';
import type { Choice } from '../choice.ts';
import type { Context } from '../context.ts';
import type { Identifier } from '../identifiers.ts';
import { legalForm, nameKey } from '../names.ts';
import { cellsOf, regionOf, tokensBetween, type Region } from '../page-text.ts';

type Line = { text: string; region: Region; tall: number; place: number };

const job =
	/(?:direct(?:eur|rice|ion|or)|responsable|charge[e]? d|chef|manager|head of|president|gerant|associe|consultant|ingenieur|engineer|architecte|developp|commercial|assistant|comptable|expert|avocat|notaire|technicien|technico|conseill|coordinat|acheteu|buyer|sales|marketing|ceo|cto|cfo|coo|founder|fondat|co-fondat|artisan|formateur|formatrice|graphiste|designer|product|chargee|secretaire|officer|analyst|juriste|docteur|medecin|vendeu|agent|courtier|delegue|attache|inspecteur|controleur|photographe|journaliste|redact|paysagiste|menuisier|plombier|electricien|boulanger|traiteur|kinesitherapeute|psychologue|osteopathe|infirmi|dirigeant|partner|lead|owner|specialist|administrat|gestionnaire|logisti|rh\b|drh|daf|dsi)/;

const phonePattern = /(?:(?:\+|00)\d{1,3}[ .-]?(?:\(0\)[ .-]?)?|\(?0)\d?(?:[ .-]?\d){7,11}/g;

const linesOf = (context: Context): Line[] =>
	context.rows
		.flatMap((row) =>
			cellsOf(row).flatMap(({ text, region }) => text.split(/ [|•·] /).map((part) => ({ text: part.trim(), region, tall: region.y1 - region.y0 }))),
		)
		.map((line, place) => ({ ...line, place }));

const person =
	/^(?:(?:M\.|Mme|Mr\.?|Dr\.?|Me|Ma[iî]tre|Docteur)\s+)?(\p{Lu}[\p{L}'’]+(?:-\p{Lu}[\p{L}'’]+)*)((?:\s+(?:de|du|d['’]|le|la|van|von|el|ben|da|dos))?(?:\s+\p{Lu}[\p{L}'’]+(?:-\p{Lu}[\p{L}'’]+)*){1,2})$/u;

/** First and last name: capitals mark the last name, wherever it stands; else it comes last. */
function nameParts(text: string): { first: string; last: string } | null {
	const plain = text.replace(/^(?:M\.|Mme|Mr\.?|Dr\.?|Me|Ma[iî]tre|Docteur)\s+/u, '').trim();
	if (!person.test(plain)) return null;
	const words = plain.split(/\s+/);
	const capitals = words.filter((word) => word.length > 1 && word === word.toUpperCase());
	if (capitals.length > 0 && capitals.length < words.length)
		return { first: words.filter((word) => !capitals.includes(word)).join(' '), last: capitals.join(' ') };
	return { first: words[0] ?? '', last: words.slice(1).join(' ') };
}

const titled = (name: string): string =>
	name === name.toUpperCase() ? name.toLowerCase().replaceAll(/(?<=^|[\s'’-])\p{L}/gu, (letter) => letter.toUpperCase()) : name;

function phones(context: Context): { mobile: Choice<string>[]; fixed: Choice<string>[] } {
	const [mobile, fixed]: [Choice<string>[], Choice<string>[]] = [[], []];
	for (const row of context.rows) {
		const text = row.text.replaceAll('\t', ' ');
		for (const match of text.matchAll(phonePattern)) {
			const number = parsePhoneNumberFromString(match[0].replace(/\(0\)/, '').replace(/^00/, '+'), 'FR');
			if (!number?.isPossible()) continue;
			const before = fold(text.slice(Math.max(0, match.index - 14), match.index));
			if (/fax|telecopie|\bf ?[.:]? ?$/.test(before)) continue;
			const handy = /^\+33[67]/.test(number.number) || /mob|port|cell|gsm|\bm ?[.:]? ?$/.test(before);
			const choice = {
				value: number.number,
				region: regionOf(tokensBetween(row, match.index, match.index + match[0].length)),
				score: 0.7 - (mobile.length + fixed.length) * 0.05,
				evidence: { labelled: /tel|mob|port|phone|\bt\b|\bm\b/.test(before) ? 1 : 0, french: number.number.startsWith('+33') ? 1 : 0 },
			};
			(handy ? mobile : fixed).push(choice);
		}
	}
	return { mobile, fixed };
}

/** First and last name on two lines, of which capitals mark the last name. */
function namesOnTwoLines(
	lines: readonly Line[],
): { parts: { first: string; last: string }; line: Line; score: number; evidence: { mail: number; company: number; tall: number; place: number } }[] {
	const single = /^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?$/u;
	return lines.flatMap((line, place) => {
		const next = lines[place + 1];
		if (!next || !single.test(line.text) || !single.test(next.text) || job.test(fold(line.text)) || job.test(fold(next.text))) return [];
		const capitals = [line, next].filter(({ text }) => text === text.toUpperCase());
		const [last] = capitals;
		if (capitals.length !== 1 || !last) return [];
		const first = last === line ? next : line;
		return [
			{
				parts: { first: first.text, last: last.text },
				line,
				score: 0.72 - 0.02 * place,
				evidence: { mail: 0, company: 0, tall: 0.5, place: Math.min(1, place / 10) },
			},
		];
	});
}

/** What stands on a business card. */
export function cardFields(context: Context, blocks: readonly Block[], identifiers: readonly Identifier[]): Partial<Record<FieldName, Choice[]>> {
	const lines = linesOf(context);
	const highest = Math.max(...lines.map(({ tall }) => tall), 1);
	const mails = identifiers.filter(({ kind }) => kind === 'email');
	const local = fold(mails[0]?.value.split('@')[0] ?? '')
		.split(/[._-]/)
		.filter((part) => part.length > 1);
	const domain = (mails[0]?.value.split('@')[1] ?? '').split('.').at(-2) ?? '';
	const names = lines.flatMap((line) => {
		const parts = nameParts(line.text);
		if (!parts || job.test(fold(line.text)) || legalForm.test(line.text)) return [];
		const words = fold(line.text).replaceAll(/['’-]/g, ' ').split(/\s+/);
		const mail = local.some((part) => words.some((word) => word === part || (part.length > 4 && part.includes(word) && word.length > 3))) ? 1 : 0;
		const company = domain.length > 2 && nameKey(line.text).replaceAll(' ', '').includes(domain.replaceAll('-', '')) && mail === 0 ? 1 : 0;
		return [
			{
				parts,
				line,
				score: 0.4 + 0.45 * mail + 0.15 * (line.tall / highest) - 0.4 * company - 0.02 * line.place,
				evidence: { mail, company, tall: line.tall / highest, place: Math.min(1, line.place / 10) },
			},
		];
	});
	names.push(...namesOnTwoLines(lines));
	const nameLine = names.toSorted((one, other) => other.score - one.score)[0]?.line;
	const jobs = lines
		.filter((line) => line !== nameLine && job.test(fold(line.text)) && line.text.length < 70 && !/@|www|\d{2}/.test(line.text))
		.map((line) => ({
			value: line.text,
			region: line.region,
			score: 0.7 + (nameLine && Math.abs(line.place - nameLine.place) <= 2 ? 0.2 : 0) - (legalForm.test(line.text) ? 0.5 : 0),
			evidence: { near: nameLine && Math.abs(line.place - nameLine.place) <= 2 ? 1 : 0 },
		}));
	const companies = lines
		.filter(
			(line) =>
				line !== nameLine &&
				!jobs.some(({ value }) => value === line.text) &&
				/\p{L}{2}/u.test(line.text) &&
				!/@|www\.|\d{4}|^\d|\.(?:fr|com)\b/u.test(line.text) &&
				!/^(?:tel|mob|fax|port|t |m )/.test(fold(line.text)) &&
				line.text.length < 60,
		)
		.map((line) => {
			const matches = domain.length > 2 && nameKey(line.text).replaceAll(' ', '').includes(domain.replaceAll('-', '')) ? 1 : 0;
			const form = legalForm.test(line.text) ? 1 : 0;
			return {
				value: line.text,
				region: line.region,
				score: 0.25 + 0.45 * matches + 0.3 * form + 0.2 * (line.tall / highest) - 0.02 * line.place,
				evidence: { matches, form, tall: line.tall / highest, place: Math.min(1, line.place / 10) },
			};
		});
	const { mobile, fixed } = phones(context);
	const sites = identifiers.filter(({ kind }) => kind === 'website');
	return {
		contact_first_name: names.map(({ parts, line, score, evidence }) => ({ value: titled(parts.first), region: line.region, score, evidence })),
		contact_last_name: names.map(({ parts, line, score, evidence }) => ({ value: titled(parts.last), region: line.region, score, evidence })),
		contact_job: jobs,
		contact_company: companies,
		contact_email: mails.map((one, place) => ({ value: one.value, region: one, score: 0.9 - 0.1 * place, evidence: { first: place === 0 ? 1 : 0 } })),
		contact_phone: fixed,
		contact_mobile: mobile,
		contact_website: sites.map((one, place) => ({
			value: one.value,
			region: one,
			score: 0.8 - 0.1 * place + (one.checked ? 0.1 : 0),
			evidence: { first: place === 0 ? 1 : 0, www: one.checked ? 1 : 0 },
		})),
		contact_address: blocks.map((block) => ({
			value: block.lines
				.map(({ text }) => text)
				.filter((text, place, all) => place === all.length - 1 || (/\d/.test(text) && !/\d{2}[ .]\d{2}[ .]\d{2}/.test(text)))
				.join(', '),
			region: block,
			score: 0.7,
			evidence: { oneLine: block.oneLine ? 1 : 0 },
		})),
	};
}
