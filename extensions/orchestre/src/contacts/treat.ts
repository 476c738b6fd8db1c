import { readLocked, saveSettled, type Settled } from '../platform/columns.ts';
import { chunks, type Knex } from '../platform/directus.ts';
import { refuseFaults } from '../platform/errors.ts';
import { companyKey, nameKey } from '../platform/input/name-keys.ts';
import { sizeBand } from '../platform/input/size-band.ts';
import type { Written } from '../platform/written.ts';
import { silentFields } from './fields.ts';
import { domainOf, identityFaults, sirenOf, type Identity } from './rules/companies.ts';

type CompanyRow = Identity & {
	id: string;
	name: string | null;
	website: string | null;
	employees: number | null;
	size_band: string | null;
	name_key: string | null;
	domain: string | null;
};
type PersonRow = { id: string; first_name: string | null; last_name: string | null; name_key: string | null };

/** Calls `settle` with every row that was written and what was set, then writes what it changed. */
async function settleRows<Row extends { id: string }>(
	trx: Knex,
	table: string,
	written: readonly Written[],
	settle: (row: Row, set: Written['set']) => Omit<Settled, 'id'>,
): Promise<void> {
	const byId = new Map(written.map((one) => [one.id, one]));
	for (const ids of chunks([...byId.keys()], 200)) {
		const rows = (await readLocked(trx, table, ids)) as Row[];
		await saveSettled(
			trx,
			table,
			rows.map((row) => ({ id: row.id, ...settle(row, byId.get(row.id)?.set ?? {}) })),
			silentFields,
		);
	}
}

function settleCompany(row: CompanyRow, set: Written['set']): Omit<Settled, 'id'> {
	refuseFaults(identityFaults(row, set).map((fault) => ({ collection: 'companies', ...fault })));
	const { siren, size_band, name_key, domain } = row;
	// A band that somebody chose in this write stands; else it follows the head count.
	const band = row.employees === null ? null : sizeBand(row.employees);
	const follows = band !== null && 'employees' in set && !set['size_band'];
	return {
		before: { siren, size_band, name_key, domain },
		after: {
			siren: sirenOf(row),
			size_band: follows ? band : (size_band ?? band),
			name_key: companyKey(row.name),
			domain: domainOf(row.website),
		},
	};
}

/** Companies that a transaction wrote: identifiers that agree, and the keys that duplicates are found by. */
export const treatCompanies = (trx: Knex, written: readonly Written[]): Promise<void> => settleRows<CompanyRow>(trx, 'companies', written, settleCompany);

/** People that a transaction wrote: the key that duplicates are found by. */
export const treatPeople = (trx: Knex, written: readonly Written[]): Promise<void> =>
	settleRows<PersonRow>(trx, 'people', written, ({ name_key, first_name, last_name }) => ({
		before: { name_key },
		after: { name_key: nameKey(first_name, last_name) },
	}));
