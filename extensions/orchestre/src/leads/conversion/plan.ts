import { now as clockNow } from '../../platform/clock.ts';
import { isPostgres, parseJson, type Knex } from '../../platform/directus.ts';
import { companyKey } from '../../platform/input/name-keys.ts';
import { missingFor, missingSentence, type Stage } from '../../pipeline/rules.ts';
import { mayOwnLeads } from '../rules/owners.ts';
import { chooseCompany, choosePerson, companyNameOf, type Choice, type CompanyCandidate, type PersonCandidate } from './rules/match.ts';
import { companyValues, missingValues, opportunityValues, ownedBy, personValues } from './rules/outcome.ts';
import type { LeadFacts, Values } from './rules/types.ts';

/** A row of the outcome: there already (`id`, and `values` are what it lacks) or to be made of `values`. */
export type Part = { id: string | null; name: string; values: Values };
/** What a conversion would do. `missing`: French sentences that say why it cannot be done; then the rest may be null. */
export type Plan = { missing: string[]; company: Part | null; person: Part | null; opportunity: Part | null; owner: string | null };

type Row = Values & { id: string };

const archivedNot = (query: Knex.QueryBuilder): Knex.QueryBuilder => query.where((either) => void either.where('archived', false).orWhereNull('archived'));
const companyColumns = ['id', 'name', 'siren', 'name_key', 'is_client'];
const personColumns = ['id', 'company', 'first_name', 'last_name', 'name_key'];

/** Two leads of one new company that are converted at once make one company: the second waits for the first. */
async function waitForTwins(knex: Knex, lead: LeadFacts): Promise<void> {
	if (!isPostgres(knex) || !knex.isTransaction) return;
	for (const key of [companyKey(lead.company_name), lead.siren, lead.email].filter(Boolean).toSorted())
		await knex.raw('select pg_advisory_xact_lock(hashtextextended(?, 103))', [key]);
}

async function existingOf<T extends { id: string }>(knex: Knex, table: string, id: string, columns: string[]): Promise<Choice<T> | null> {
	const row = (await knex(table).where({ id }).first(columns)) as T | undefined;
	return row ? { kind: 'existing', row } : null;
}

async function findCompany(knex: Knex, lead: LeadFacts, dealCompany: string | null): Promise<Choice<CompanyCandidate>> {
	const known = lead.company ?? dealCompany;
	const chosen = known ? await existingOf<CompanyCandidate>(knex, 'companies', known, companyColumns) : null;
	if (chosen) return chosen;
	const key = companyKey(lead.company_name);
	const candidates =
		key || lead.siren
			? ((await archivedNot(knex('companies'))
					.where((either) => {
						if (lead.siren) void either.orWhere('siren', lead.siren);
						if (key) void either.orWhere('name_key', key);
					})
					.orderBy('id')
					.limit(20)
					.select(companyColumns)) as CompanyCandidate[])
			: [];
	const choice = chooseCompany(lead, candidates);
	if (choice.kind !== 'new' || lead.company_name) return choice;
	// No company is named: that of the person the lead is known to be about, before one that is called like the person.
	const person = await findPerson(knex, lead, null);
	const employer = person.kind === 'existing' ? person.row.company : null;
	return (employer ? await existingOf<CompanyCandidate>(knex, 'companies', employer, companyColumns) : null) ?? choice;
}

async function findPerson(knex: Knex, lead: LeadFacts, company: string | null): Promise<Choice<PersonCandidate>> {
	const chosen = lead.person ? await existingOf<PersonCandidate>(knex, 'people', lead.person, personColumns) : null;
	if (chosen) return chosen;
	const candidates = lead.email
		? ((await archivedNot(knex('people'))
				.where({ email: lead.email })
				.whereNull('anonymised_at')
				.orderBy('id')
				.limit(20)
				.select(personColumns)) as PersonCandidate[])
		: [];
	return choosePerson(lead, company, candidates);
}

/** An open deal that somebody has made of this lead by hand, or that an undo has kept. */
const findDeal = (knex: Knex, lead: string): Promise<Row | undefined> =>
	archivedNot(knex('opportunities')).where({ lead }).whereNull('closed_at').orderBy('date_created').first() as Promise<Row | undefined>;

/** The first stage of open deals. */
async function firstStage(knex: Knex): Promise<Stage | null> {
	const row = (await knex('stages').where({ is_won: false, is_lost: false }).orderBy('sort').orderBy('id').first()) as Values | undefined;
	if (!row) return null;
	return {
		id: String(row['id']),
		name: String(row['name']),
		probability: row['probability'] as number | null,
		closed: false,
		requiredFields: parseJson<string[] | null>(row['required_fields']) ?? [],
	};
}

const nameOf = ({ first_name, last_name }: { first_name?: unknown; last_name?: unknown }): string => [first_name, last_name].filter(Boolean).join(' ');

async function partOf(knex: Knex, table: 'companies' | 'people', choice: Choice<{ id: string }>, values: Values, owned: Values): Promise<Part | null> {
	const label = (row: Values): string => String(table === 'companies' ? row['name'] : nameOf(row));
	if (choice.kind === 'existing') {
		const row = (await knex(table).where({ id: choice.row.id }).first()) as Row;
		return { id: row.id, name: label(row), values: missingValues(row, values) };
	}
	return choice.kind === 'new' ? { id: null, name: label(values), values: { ...values, ...owned } } : null;
}

/** Whoever converts a lead that nobody has takes it, unless it is somebody who does not work on leads. */
async function ownerOf(knex: Knex, lead: LeadFacts, actor: string): Promise<{ lead: string | null; deal: string }> {
	if (lead.owner) return { lead: lead.owner, deal: lead.owner };
	const user = (await knex('directus_users').where({ id: actor }).first('status', 'role', 'takes_leads')) as
		{ status: string; role: string | null; takes_leads: unknown } | undefined;
	const may = user !== undefined && mayOwnLeads({ status: user.status, role: user.role, takesLeads: Boolean(user.takes_leads) });
	return { lead: may ? actor : null, deal: actor };
}

function dealFaults(values: Values, stage: Stage, hasContact: boolean): string[] {
	const of = (field: string): never => (values[field] ?? null) as never;
	const deal = {
		id: '',
		stage: stage.id,
		owner: of('owner'),
		amount_cents: of('amount_cents'),
		close_date: of('close_date'),
		next_step: null,
		next_step_at: null,
		competitor: null,
		lost_reason: null,
		settled: {} as never,
	};
	const missing = missingFor(deal, stage, { contacts: hasContact ? 1 : 0, lines: 0 });
	return missing.length > 0 ? [`${missingSentence(stage, missing)} Le lead ne le dit pas : complétez-le, ou créez l’affaire à la main.`] : [];
}

/** What becomes of a lead: which rows are found, which are made, with what, and what stands in the way. Writes nothing. */
export async function makePlan(knex: Knex, lead: LeadFacts, actor: string): Promise<Plan> {
	await waitForTwins(knex, lead);
	const deal = await findDeal(knex, lead.id);
	const owners = await ownerOf(knex, lead, actor);
	const owned = ownedBy({ owner: owners.deal, team: lead.team });
	const company = await findCompany(knex, lead, (deal?.['company'] as string | undefined) ?? null);
	const companyId = company.kind === 'existing' ? company.row.id : null;
	const person = await findPerson(knex, lead, companyId);
	const stage = await firstStage(knex);
	const missing = [
		...(lead.status === 'lost' ? ['Ce lead est perdu : rouvrez-le avant de le convertir.'] : []),
		...(company.kind === 'none' ? ['Indiquez le nom de l’entreprise, ou celui de la personne.'] : []),
		...(company.kind === 'ambiguous' ? [company.sentence] : []),
		...(person.kind === 'ambiguous' ? [person.sentence] : []),
		...(stage ? [] : ['Aucune étape de vente n’est ouverte : créez-en une dans « Étapes ».']),
	];
	const companyPart = await partOf(knex, 'companies', company, companyValues(lead, person.kind === 'none'), { ...owned, is_prospect: true, ...sourceOf(lead) });
	const personPart = await partOf(knex, 'people', person, personValues(lead), { ...owned, is_contact: true });
	if (missing.length > 0 || !companyPart || !stage) return { missing, company: companyPart, person: personPart, opportunity: null, owner: owners.lead };
	if (deal)
		return { missing, company: companyPart, person: personPart, opportunity: { id: deal.id, name: String(deal['name']), values: {} }, owner: owners.lead };
	const product = lead.product ? ((await knex('products').where({ id: lead.product }).first('name')) as { name: string } | undefined) : undefined;
	const values = opportunityValues(lead, {
		companyName: companyPart.name || (companyNameOf(lead) ?? ''),
		isClient: company.kind === 'existing' && Boolean(company.row.is_client),
		productName: product?.name ?? null,
		stage: stage.id,
		owner: owners.deal,
		team: lead.team,
		now: clockNow(),
	});
	const opportunity = { id: null, name: String(values['name']), values };
	return { missing: dealFaults(values, stage, personPart !== null), company: companyPart, person: personPart, opportunity, owner: owners.lead };
}

const sourceOf = ({ source }: LeadFacts): Values => (source ? { source } : {});
