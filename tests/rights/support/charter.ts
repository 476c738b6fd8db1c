import type { Actor } from './cast.ts';
import type { DatabaseRow } from './evaluate.ts';
import type { Facts } from './facts.ts';
import type { Ledger } from './ledger.ts';
import { tables } from './schema.ts';

/**
 * What was promised to people (docs/decisions/030), said once more in plain code: the tables of seeds/rights could all be
 * carried out to the letter and still say the wrong thing. Who sees, changes or deletes which rows of what matters most.
 */
type Sentence = (row: DatabaseRow, me: DatabaseRow, company: DatabaseRow | undefined) => boolean;
type Who = 'direction' | 'manager' | 'commercial' | 'finance' | 'success' | 'operations' | 'reseller' | 'api' | 'public';

const all: Sentence = () => true;
const none: Sentence = () => false;
const inMyTeam = (row: DatabaseRow | undefined, me: DatabaseRow): boolean => Boolean(row?.['team']) && row?.['team'] === me['team'];
const own: Sentence = (row, me) => row['owner'] === me['id'];
const ownTeamOrCreated: Sentence = (row, me) => row['owner'] === me['id'] || row['user_created'] === me['id'] || inMyTeam(row, me);
const orOfMyCompanies: Sentence = (row, me, company) => ownTeamOrCreated(row, me, company) || company?.['owner'] === me['id'] || inMyTeam(company, me);
const orOfTeamsCompanies: Sentence = (row, me, company) => ownTeamOrCreated(row, me, company) || inMyTeam(company, me);
const ofMyReseller: Sentence = (row, me) => Boolean(row['reseller']) && row['reseller'] === me['reseller_company'];
const created: Sentence = (row, me) => row['user_created'] === me['id'];
const accepted: Sentence = (row) => row['status'] === 'accepted';

const everybody: Who[] = ['direction', 'manager', 'commercial', 'finance', 'success', 'operations', 'reseller', 'api', 'public'];
const forAll = (sentence: Sentence, over: Partial<Record<Who, Sentence>> = {}): Record<Who, Sentence> => ({
	...(Object.fromEntries(everybody.map((who) => [who, sentence])) as Record<Who, Sentence>),
	...over,
});
const books = forAll(none, { direction: all, finance: all });

const reads: Record<string, Record<Who, Sentence>> = {
	leads: forAll(none, { direction: all, manager: ownTeamOrCreated, commercial: ownTeamOrCreated, success: created, reseller: ofMyReseller, api: created }),
	opportunities: forAll(none, { direction: all, manager: ownTeamOrCreated, commercial: ownTeamOrCreated, finance: all, success: all, operations: all }),
	quotes: forAll(none, { direction: all, manager: orOfTeamsCompanies, commercial: orOfMyCompanies, finance: all, success: all, operations: accepted }),
	contracts: forAll(none, { direction: all, manager: orOfTeamsCompanies, commercial: orOfMyCompanies, finance: all, success: all, operations: all }),
	commissions: forAll(none, {
		direction: all,
		manager: (row, me) => row['owner'] === me['id'] || inMyTeam(row, me),
		commercial: own,
		finance: all,
		reseller: ofMyReseller,
	}),
	payments: books,
	payment_allocations: books,
	accounting: books,
	accounts: books,
	journals: books,
	fiscal_periods: books,
	invoices_archive: books,
	chain: books,
	companies: forAll(all, { reseller: none, api: none, public: none }),
	people: forAll(all, { reseller: none, api: none, public: none }),
	...Object.fromEntries(['jobs', 'counters', 'inbound_events', 'integrations', 'source_records'].map((name) => [name, forAll(none)])),
};

const freeOrOwn: Sentence = (row, me) => row['owner'] === me['id'] || (row['owner'] === null && inMyTeam(row, me));
const changes: Record<string, Record<Who, Sentence>> = {
	leads: forAll(none, { direction: all, manager: ownTeamOrCreated, commercial: freeOrOwn, api: created }),
	opportunities: forAll(none, { direction: all, manager: ownTeamOrCreated, commercial: freeOrOwn, success: own }),
	payments: forAll(none, { finance: all }),
	invoices: forAll(none, { finance: all }),
	accounting: forAll(none),
	invoices_archive: forAll(none),
	chain: forAll(none),
	lead_scores: forAll(none),
	stage_changes: forAll(none),
};

/** Who sees what must not be seen by everybody who sees the row. */
const fields: Record<string, Who[]> = {
	'products.cost_cents': ['direction', 'finance', 'operations'],
	'people.day_rate_cents': ['direction', 'finance', 'operations'],
	'time_tracking.cost_rate_cents': ['direction', 'finance', 'operations'],
	'companies.iban': ['direction', 'finance'],
	'company_profile.iban': ['direction', 'finance'],
	'company_profile.bic': ['direction', 'finance'],
	'invoices.internal_note': ['direction', 'finance'],
	'leads.points': ['direction', 'manager', 'commercial', 'success'],
	'leads.reasons': ['direction', 'manager', 'commercial', 'success'],
	'opportunities.amount_cents': ['direction', 'manager', 'commercial', 'finance', 'success'],
};

/** Only drafts, slips of one's own and parts of a list go; what the business remembers stays. */
const neverDeleted = [
	'leads',
	'companies',
	'people',
	'opportunities',
	'contracts',
	'campaigns',
	'tickets',
	'projects',
	'products',
	'payments',
	'commissions',
	'accounting',
	'chain',
	'invoices_archive',
	'lead_scores',
	'stage_changes',
	'settings',
	'teams',
];

/** Holds the declaration against the sentences above, on the planted rows. */
export function checkCharter(facts: Facts, ledger: Ledger, actor: Actor): void {
	const who = (actor.roles[0] ?? 'public') as Who;
	const me = actor.me ?? { id: null };
	for (const [action, table] of [
		['read', reads],
		['update', changes],
	] as const) {
		for (const [collection, sentences] of Object.entries(table)) {
			const wrong = [...(facts.rows.get(collection) ?? [])].filter(([id, row]) => {
				const company = facts.rows.get('companies')?.get(String(row['company']));
				const declared = action === 'read' ? facts.seen(actor, collection).has(id) : facts.mayTouch(actor, collection, 'update', row);
				return declared !== sentences[who](row, me, company);
			});
			ledger.check(
				wrong.length === 0,
				[actor.label, collection, `charter ${action}`],
				() => `${wrong.length} rows, such as ${JSON.stringify(wrong[0]?.[1]).slice(0, 300)}`,
			);
		}
	}
	for (const [name, seers] of Object.entries(fields)) {
		const [collection = '', field = ''] = name.split('.');
		const declared = facts.may(actor, collection, 'read') && facts.fields(actor, collection, 'sees').has(field);
		const promised = seers.includes(who);
		ledger.check(tables.has(collection) && (!declared || promised), [actor.label, collection, 'charter read'], () => `sees ${field}`);
	}
	for (const collection of neverDeleted) ledger.check(!facts.may(actor, collection, 'delete'), [actor.label, collection, 'charter delete'], () => 'may delete');
}
