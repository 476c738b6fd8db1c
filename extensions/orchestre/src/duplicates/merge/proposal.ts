import { chunks, type Knex } from '../../platform/directus.ts';
import type { Found } from '../rules/blocks.ts';
import { keepsFirst, type Values } from '../rules/choose.ts';
import { columns, type Kind } from '../rules/kinds.ts';

/** What says which of two records is kept; the same for a list of ten thousand and for one pair. */
const weighed: Record<Kind, readonly string[]> = {
	companies: [...columns.companies, 'is_client', 'industry', 'owner', 'description', 'date_created'],
	people: [...columns.people, 'job_title', 'owner', 'description', 'date_created'],
	leads: [...columns.leads, 'job_title', 'industry', 'need', 'owner', 'date_created'],
};

export async function readWeighed(knex: Knex, kind: Kind, ids: readonly string[]): Promise<Map<string, Values>> {
	const rows = new Map<string, Values>();
	for (const part of chunks(ids, 500))
		for (const row of (await knex(kind)
			.whereIn('id', part)
			.select('id', ...weighed[kind])) as Values[])
			rows.set(String(row['id']), row);
	return rows;
}

export async function readKept(knex: Knex, kind: Kind, a: string, b: string): Promise<{ kept: string; gone: string }> {
	const rows = await readWeighed(knex, kind, [a, b]);
	return keepsFirst(kind, rows.get(a) ?? { id: a }, rows.get(b) ?? { id: b }) ? { kept: a, gone: b } : { kept: b, gone: a };
}

const toCompare = 'À comparer sur la fiche avant de fusionner.';
const details = (row: Values | undefined): string => {
	const said = [
		row?.['is_client'] ? 'client' : null,
		row?.['siren'] ? `SIREN ${String(row['siren'])}` : null,
		row?.['email'] ? String(row['email']) : null,
		row?.['city'] ? String(row['city']) : null,
	];
	const words = said.filter(Boolean).slice(0, 2).join(', ');
	return words ? ` (${words})` : '';
};

/** For each pair, in French, what the button of the list would do: sure ones say which record is kept, the others ask for a look. */
export async function proposalsFor(knex: Knex, kind: Kind, found: readonly Found[]): Promise<string[]> {
	const sure = found.filter(({ verdict }) => verdict.level === 'sure');
	const rows = await readWeighed(knex, kind, [...new Set(sure.flatMap(({ a, b }) => [a.id, b.id]))]);
	return found.map(({ a, b, verdict }) => {
		if (verdict.level !== 'sure') return toCompare;
		const [one, other] = [rows.get(a.id), rows.get(b.id)];
		const first = keepsFirst(kind, one ?? { id: a.id }, other ?? { id: b.id });
		const [kept, gone] = first ? [a, b] : [b, a];
		return `Garde « ${kept.label} »${details(first ? one : other)}, y verse « ${gone.label} »${details(first ? other : one)} et complète ce qui lui manque.`;
	});
}
