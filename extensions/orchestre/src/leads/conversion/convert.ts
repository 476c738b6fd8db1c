import { now as clockNow } from '../../platform/clock.ts';
import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { UserError } from '../../platform/errors.ts';
import { LaterActions } from '../../platform/later-actions.ts';
import { lockLead, readLead, refuseUnlessConverter, type Actor, type StoredLead } from './lead.ts';
import { moveAlong, movesOf, tasksToCancel } from './moves.ts';
import { makePlan, type Part, type Plan } from './plan.ts';
import type { ConversionRecord } from './rules/record.ts';
import { summaryOf } from './rules/words.ts';
import { tellConverted } from './tell.ts';
import { Writer } from './writer.ts';

type Named = { id: string; name: string };
/** `created`: which of the three are new. `already`: the lead was converted before, and nothing was done. */
export type Converted = {
	lead: string;
	company: Named | null;
	person: Named | null;
	opportunity: Named;
	created: string[];
	already: boolean;
	summary: string;
};

async function named(knex: Knex, table: 'companies' | 'people' | 'opportunities', id: string | null | undefined): Promise<Named | null> {
	if (!id) return null;
	const row = (await knex(table).where({ id }).first()) as Record<string, unknown> | undefined;
	return row ? { id, name: String(row['name'] ?? [row['first_name'], row['last_name']].filter(Boolean).join(' ')) } : null;
}

/** The answer for a lead that is converted already. Null when its opportunity is gone. */
export async function answerOf(knex: Knex, lead: StoredLead): Promise<Converted | null> {
	const opportunity = await named(knex, 'opportunities', lead.converted_opportunity);
	if (!opportunity) return null;
	const company = await named(knex, 'companies', lead.company);
	const person = await named(knex, 'people', lead.person);
	return { lead: lead.id, company, person, opportunity, created: [], already: true, summary: `Ce lead est déjà converti : « ${opportunity.name} ».` };
}

/** Writes one part of the plan: creates it, or fills what the row lacks. Returns its id. */
async function writePart(writer: Writer, collection: 'companies' | 'people' | 'opportunities', part: Part, more: Part['values'] = {}): Promise<string> {
	if (!part.id) return writer.create(collection, { ...part.values, ...more });
	await writer.update(collection, [part.id], part.values);
	return part.id;
}

async function linkContact(trx: Knex, writer: Writer, lead: StoredLead, person: string | null, opportunity: string): Promise<string | null> {
	if (!person || (await trx('opportunity_contacts').where({ opportunity, person }).first('id'))) return null;
	const first = !(await trx('opportunity_contacts').where({ opportunity }).first('id'));
	return writer.create('opportunity_contacts', { opportunity, person, is_primary: first, ...(lead.decision_role && { role: lead.decision_role }) });
}

type Parts = { company: Part; person: Part | null; opportunity: Part };

async function writeParts(
	trx: Knex,
	writer: Writer,
	lead: StoredLead,
	{ company, person, opportunity }: Parts,
): Promise<Omit<ConversionRecord, 'by' | 'from' | 'moved' | 'cancelled'>> {
	const companyId = await writePart(writer, 'companies', company);
	const joins = person && (await lacksCompany(trx, person)) ? { company: companyId } : {};
	const personPart = person && { ...person, values: { ...person.values, ...joins } };
	const personId = personPart && (await writePart(writer, 'people', personPart));
	const opportunityId = await writePart(writer, 'opportunities', opportunity, { company: companyId });
	const contact = await linkContact(trx, writer, lead, personId, opportunityId);
	const created: ConversionRecord['created'] = [];
	if (!company.id) created.push('company');
	if (personPart && !personPart.id) created.push('person');
	if (!opportunity.id) created.push('opportunity');
	if (contact) created.push('contact');
	const filled: ConversionRecord['filled'] = [];
	if (company.id && Object.keys(company.values).length > 0) filled.push({ collection: 'companies', id: company.id, values: company.values });
	if (personPart?.id && Object.keys(personPart.values).length > 0) filled.push({ collection: 'people', id: personPart.id, values: personPart.values });
	return { to: { company: companyId, person: personId, opportunity: opportunityId }, created, contact, filled };
}

async function lacksCompany(trx: Knex, { id }: Part): Promise<boolean> {
	if (!id) return true;
	const row = (await trx('people').where({ id }).first('company')) as { company: string | null } | undefined;
	return row?.company === null;
}

async function carryOut(trx: Knex, writer: Writer, lead: StoredLead, plan: Plan, actor: Actor): Promise<ConversionRecord> {
	const { company, person, opportunity } = plan;
	if (plan.missing.length > 0 || !company || !opportunity)
		throw new UserError(plan.missing.join(' '), { code: 'NOT_CONVERTIBLE', extensions: { missing: plan.missing } });
	const written = await writeParts(trx, writer, lead, { company, person, opportunity });
	const moved = await movesOf(trx, lead.id, written.to);
	const cancelled = await tasksToCancel(trx, lead.id);
	await moveAlong(writer, moved);
	const record: ConversionRecord = { ...written, by: actor.user, from: { status: lead.status, company: lead.company, person: lead.person }, moved, cancelled };
	const news = { converted_at: clockNow(), converted_opportunity: written.to.opportunity };
	await writer.stampLead(lead.id, { ...news, conversion: JSON.stringify(record) }, news);
	await writer.update('leads', [lead.id], {
		status: 'converted',
		...(lead.company !== written.to.company && { company: written.to.company }),
		...(written.to.person && lead.person !== written.to.person && { person: written.to.person }),
		...(plan.owner && plan.owner !== lead.owner && { owner: plan.owner }),
	});
	return record;
}

/**
 * Makes a company, a person and an opportunity of a lead, or finds them, and moves what goes along: all at once or nothing, in the
 * caller's name. A lead that is converted already answers with its opportunity, so that fifty calls at once make one.
 */
export async function convertLead(host: Host, accountability: Accountability | null, id: string): Promise<Converted> {
	const actor = await refuseUnlessConverter(host, accountability, id);
	const actions = new LaterActions();
	const done = await host.database.transaction(async (trx) => {
		const lead = await lockLead(trx, id);
		const before = await answerOf(trx, lead);
		if (before) return before;
		const record = await carryOut(trx, new Writer(host, trx, actor, actions), lead, await makePlan(trx, lead, actor.user), actor);
		const [company, person, opportunity] = [
			await named(trx, 'companies', record.to.company),
			await named(trx, 'people', record.to.person),
			(await named(trx, 'opportunities', record.to.opportunity)) as Named,
		];
		const summary = summaryOf({ company, person, opportunity }, record);
		await tellConverted(trx, opportunity, record, summary, actor.user);
		return { lead: id, company, person, opportunity, created: record.created.filter((part) => part !== 'contact'), already: false, summary };
	});
	actions.emit();
	return done;
}

export type Preview = { possible: boolean; already: Converted | null } & Plan;

/** What a conversion would do, and what is missing for it. Nothing is written. */
export async function previewConversion(host: Host, accountability: Accountability | null, id: string): Promise<Preview> {
	const actor = await refuseUnlessConverter(host, accountability, id);
	const lead = await readLead(host.database, id);
	const already = await answerOf(host.database, lead);
	const plan = await makePlan(host.database, lead, actor.user);
	return { possible: !already && plan.missing.length === 0, already, ...plan };
}
