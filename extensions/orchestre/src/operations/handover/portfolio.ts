import type { Knex } from '../../platform/directus.ts';

type Narrow = (query: Knex.QueryBuilder, trx: Knex, now: Date) => void;

/** One kind of rows that a person answers for. What is over (won, lost, done, paid) stays with whoever did it. */
export type Holding = {
	collection: string;
	/** The column that names the person. */
	field: 'owner' | 'assignee' | 'manager';
	/** Words for people: one, several. */
	one: string;
	many: string;
	/** Columns that together say what a row is called. */
	title: readonly string[];
	/** Column that says how far it has come: an undo leaves what has moved on. */
	state: string | null;
	/** Columns that lead to what it belongs to, nearest first, with their collections: it goes to whoever gets that. */
	belongsTo: readonly (readonly [column: string, collection: string])[];
	/** Whether the row says which team sees it, by this holding. */
	team: boolean;
	open: Narrow;
};

const within =
	(column: string, ...values: string[]): Narrow =>
	(query) =>
		void query.whereIn(column, values);

const isFalse =
	(column: string): Narrow =>
	(query) =>
		void query.where((either) => void either.where(column, false).orWhereNull(column));

const all =
	(...rules: Narrow[]): Narrow =>
	(query, trx, now) =>
		rules.forEach((rule) => rule(query, trx, now));

const inOpenStage: Narrow = (query, trx) => {
	const open = trx('stages').select('id');
	isFalse('is_won')(open, trx, new Date(0));
	isFalse('is_lost')(open, trx, new Date(0));
	void query.whereIn('stage', open);
};
const toCome: Narrow = (query, _trx, now) => void query.where('starts_at', '>=', now);

const client = [['company', 'companies']] as const;
const named = { title: ['name'], state: null, belongsTo: client, team: true, field: 'owner' } as const;

/** In the order in which they are handed over: what others belong to comes first. */
export const holdings: readonly Holding[] = [
	{ ...named, collection: 'companies', one: 'client ou compte', many: 'clients ou comptes', belongsTo: [], open: isFalse('archived') },
	{ ...named, collection: 'people', one: 'contact', many: 'contacts', title: ['first_name', 'last_name'], open: isFalse('archived') },
	{
		...named,
		collection: 'leads',
		one: 'lead ouvert',
		many: 'leads ouverts',
		title: ['display_name'],
		state: 'status',
		open: all(within('status', 'new', 'contacted', 'qualified', 'nurturing'), isFalse('archived')),
	},
	{ ...named, collection: 'opportunities', one: 'affaire en cours', many: 'affaires en cours', state: 'stage', open: all(inOpenStage, isFalse('archived')) },
	{
		...named,
		collection: 'quotes',
		one: 'devis en cours',
		many: 'devis en cours',
		title: ['number', 'title'],
		state: 'status',
		belongsTo: [['opportunity', 'opportunities'], ...client],
		open: within('status', 'draft', 'sent'),
	},
	{
		...named,
		collection: 'contracts',
		one: 'contrat',
		many: 'contrats',
		state: 'status',
		open: all(within('status', 'draft', 'sent', 'signed'), isFalse('archived')),
	},
	{ ...named, collection: 'subscriptions', one: 'abonnement', many: 'abonnements', state: 'status', open: within('status', 'trial', 'active', 'paused') },
	{
		...named,
		collection: 'projects',
		field: 'manager',
		one: 'projet conduit',
		many: 'projets conduits',
		state: 'status',
		team: false,
		open: all(within('status', 'planned', 'active', 'on_hold'), isFalse('archived')),
	},
	{
		...named,
		collection: 'projects',
		one: 'projet suivi',
		many: 'projets suivis',
		state: 'status',
		open: all(within('status', 'planned', 'active', 'on_hold'), isFalse('archived')),
	},
	{
		...named,
		collection: 'milestones',
		one: 'jalon à venir',
		many: 'jalons à venir',
		state: 'status',
		belongsTo: [['project', 'projects']],
		open: within('status', 'todo', 'in_progress', 'waiting_client'),
	},
	{
		...named,
		collection: 'tickets',
		one: 'ticket ouvert',
		many: 'tickets ouverts',
		title: ['subject'],
		state: 'status',
		belongsTo: [['project', 'projects'], ...client],
		open: all(within('status', 'new', 'in_progress', 'waiting_client'), isFalse('archived')),
	},
	{ ...named, collection: 'campaigns', one: 'campagne', many: 'campagnes', state: 'status', belongsTo: [], open: within('status', 'draft', 'active') },
	{
		...named,
		collection: 'planning',
		one: 'rendez-vous à venir',
		many: 'rendez-vous à venir',
		title: ['title'],
		state: 'status',
		belongsTo: [['lead', 'leads'], ['opportunity', 'opportunities'], ['ticket', 'tickets'], ['project', 'projects'], ...client],
		// What somebody keeps to themselves is not the company's to hand on.
		open: all(within('status', 'tentative', 'confirmed'), toCome, isFalse('private')),
	},
	{
		...named,
		collection: 'tasks',
		field: 'assignee',
		one: 'tâche à faire',
		many: 'tâches à faire',
		title: ['title'],
		state: 'status',
		belongsTo: [['lead', 'leads'], ['opportunity', 'opportunities'], ['milestone', 'milestones'], ['ticket', 'tickets'], ['project', 'projects'], ...client],
		open: within('status', 'todo', 'in_progress'),
	},
];

/** Names a holding in a record: a project has two of them. */
export const keyOf = ({ collection, field }: Pick<Holding, 'collection' | 'field'>): string => `${collection}.${field}`;
