import { companyKey } from '../../../platform/input/name-keys.ts';
import type { Knex } from '../../../platform/directus.ts';
import { UserError } from '../../../platform/errors.ts';
import { shorten } from '../../../platform/text.ts';
import type { FiledRecord } from '../../types.ts';
import type { Filing } from '../context.ts';
import type { NamedCompany } from '../rules/parties.ts';

export type CompanyRow = {
	id: string;
	name: string;
	siren: string | null;
	siret: string | null;
	vat_number: string | null;
	iban: string | null;
	is_supplier: unknown;
	is_client: unknown;
};

const columns = ['id', 'name', 'siren', 'siret', 'vat_number', 'iban', 'is_supplier', 'is_client'] as const;

/** The companies with this value, suppliers first, then the oldest. */
const having = async (trx: Knex, column: string, value: string): Promise<CompanyRow[]> =>
	(await trx('companies')
		.where({ [column]: value })
		.where((either) => void either.whereNull('archived').orWhere('archived', false))
		.orderBy([{ column: 'is_supplier', order: 'desc', nulls: 'last' }, 'date_created', 'id'])
		.limit(5)
		.select(...columns)) as CompanyRow[];

const agrees = (row: CompanyRow, one: NamedCompany): boolean => !(row.siren && one.siren && row.siren !== one.siren);

/**
 * The company that a document names: by SIREN, VAT number or IBAN, else by its name, as long as no number says otherwise. Two of one name are
 * nobody: a person chooses. An IBAN alone never tells a company from another that it was stolen from: the name must agree.
 */
export async function findCompany(trx: Knex, one: NamedCompany): Promise<CompanyRow | 'ambiguous' | null> {
	if (one.siren) {
		const [row] = await having(trx, 'siren', one.siren);
		if (row) return row;
	}
	if (one.vatNumber) {
		const row = (await having(trx, 'vat_number', one.vatNumber)).find((found) => agrees(found, one));
		if (row) return row;
	}
	const key = companyKey(one.name);
	if (one.iban) {
		const row = (await having(trx, 'iban', one.iban)).find((found) => agrees(found, one) && (key === null || companyKey(found.name) === key));
		if (row) return row;
	}
	if (!key) return null;
	const named = (await having(trx, 'name_key', key)).filter((found) => agrees(found, one));
	const suppliers = named.filter(({ is_supplier }) => Boolean(is_supplier));
	const [row, other] = suppliers.length > 0 ? suppliers : named;
	return other ? 'ambiguous' : (row ?? null);
}

/** A supplier that we know by this name under another SIREN: a stranger with a known name is for a person to judge. */
async function namesakeOf(trx: Knex, one: NamedCompany): Promise<CompanyRow | null> {
	const key = companyKey(one.name);
	if (!key || !one.siren) return null;
	return (await having(trx, 'name_key', key)).find((row) => Boolean(row.is_supplier) && row.siren && row.siren !== one.siren) ?? null;
}

const countryOf = ({ vatNumber }: NamedCompany): string => {
	const code = vatNumber?.slice(0, 2) ?? 'FR';
	return code === 'EL' ? 'GR' : code;
};

/** What the record lacks and the document says; nothing that is there is touched. */
const missing = (row: CompanyRow, one: NamedCompany): Record<string, string> => ({
	...(!row.siren && one.siren && { siren: one.siren }),
	...(!row.siret && one.siret && (!row.siren || one.siret.startsWith(row.siren)) && { siret: one.siret }),
	...(!row.vat_number && one.vatNumber && { vat_number: one.vatNumber }),
});

export type Found = { company: CompanyRow; record: FiledRecord };

/** The company of a document, found or made; `as` says what it is to us. Throws a French UserError where a person has to choose or name it. */
export async function companyFor({ trx, writer, document, person }: Filing, one: NamedCompany, as: 'is_supplier' | 'is_prospect' | null): Promise<Found> {
	const found = await findCompany(trx, one);
	if (found === 'ambiguous') throw new UserError(`Plusieurs entreprises s’appellent « ${one.name} » : fusionnez-les, ou indiquez le SIREN.`);
	if (found) {
		const change = { ...missing(found, one), ...(as === 'is_supplier' && !found.is_supplier && { is_supplier: true }) };
		await writer.update('companies', [found.id], change);
		return { company: { ...found, ...missing(found, one) }, record: { collection: 'companies', id: found.id, name: found.name, created: false } };
	}
	if (!one.name) throw new UserError('Il manque le nom de l’entreprise.');
	const namesake = person ? null : await namesakeOf(trx, one);
	if (namesake)
		throw new UserError(`Nous connaissons « ${namesake.name} » sous le SIREN ${namesake.siren} ; le document dit ${one.siren}. Filiale, erreur ou usurpation : vérifiez auprès d’un contact que vous connaissez. Accepter crée une autre fiche.`); // prettier-ignore
	const name = shorten(one.name, 255);
	const id = await writer.create('companies', {
		name,
		siren: one.siren,
		siret: one.siret,
		vat_number: one.vatNumber,
		...one.address,
		country: countryOf(one),
		is_supplier: as === 'is_supplier',
		is_prospect: as === 'is_prospect',
		lifecycle: as === 'is_prospect' ? 'prospect' : 'none',
		description: `Fiche créée à partir du document « ${document.title} », à compléter.`,
	});
	const company: CompanyRow = {
		id,
		name,
		siren: one.siren,
		siret: one.siret,
		vat_number: one.vatNumber,
		iban: null,
		is_supplier: as === 'is_supplier',
		is_client: false,
	};
	return { company, record: { collection: 'companies', id, name, created: true } };
}
