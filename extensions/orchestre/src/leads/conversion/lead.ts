import { refuseUnlessCreatable, refuseUnlessUpdatable } from '../../platform/access.ts';
import { dateOrNull, readLocked } from '../../platform/columns.ts';
import { parseJson, type Accountability, type Host, type Knex } from '../../platform/directus.ts';
import { notAllowed, notFound } from '../../platform/errors.ts';
import { recordSchema, type ConversionRecord } from './rules/record.ts';
import type { LeadFacts } from './rules/types.ts';

/** A lead, and what its conversion left on it. */
export type StoredLead = LeadFacts & { converted_at: Date | null; converted_opportunity: string | null; record: ConversionRecord | null };

/** Whoever calls, once it is known that they may. */
export type Actor = Accountability & { user: string };

const toLead = (row: Record<string, unknown>): StoredLead => {
	const record = recordSchema.safeParse(parseJson(row['conversion'] ?? null));
	return {
		...(row as LeadFacts),
		consent_at: dateOrNull(row['consent_at']),
		converted_at: dateOrNull(row['converted_at']),
		record: record.success ? record.data : null,
	} as StoredLead;
};

const refusal = 'Vous ne pouvez convertir que les leads que vous pouvez modifier.';

/** Refuses (403) unless this caller may change this lead and create what comes out of it, by Directus's own permissions. */
export async function refuseUnlessConverter(host: Host, accountability: Accountability | null, id: string): Promise<Actor> {
	await refuseUnlessUpdatable(host, accountability, 'leads', id, refusal);
	await refuseUnlessCreatable(
		host,
		accountability,
		['companies', 'people', 'opportunities'],
		'Vos droits ne permettent pas de créer une entreprise, un contact et une affaire : demandez à un commercial de convertir ce lead.',
	);
	if (!accountability?.user) throw notAllowed(refusal);
	return { ...accountability, user: accountability.user };
}

const gone = (): Error => notFound('Ce lead n’existe pas.');

export async function readLead(knex: Knex, id: string): Promise<StoredLead> {
	const row = (await knex('leads').where({ id }).first()) as Record<string, unknown> | undefined;
	if (!row) throw gone();
	return toLead(row);
}

/** The lead, locked until the transaction ends: whoever converts it at the same time waits, and finds it converted. */
export async function lockLead(trx: Knex, id: string): Promise<StoredLead> {
	const [row] = await readLocked(trx, 'leads', [id]);
	if (!row) throw gone();
	return toLead(row);
}
