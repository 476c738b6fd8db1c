import { z } from 'zod';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, isPostgres, type Knex } from '../../platform/directus.ts';
import { UserError } from '../../platform/errors.ts';
import { holdings, type Holding } from './portfolio.ts';
import { readMembers, readPerson, refuseUnfitTaker, type Person } from './persons.ts';
import { share } from './share.ts';

const uuid = z.uuid('doit être un identifiant');

/** What may be asked for: everything to one person, shared out in a team, or (`to: null`) the leads alone by the assignment. */
export const requestSchema = z.strictObject({
	from: uuid,
	to: uuid.nullish(),
	toTeam: uuid.nullish(),
	/** Leads go where the assignment rules send them, the rest to `to` or `toTeam`. */
	leadsByRules: z.boolean().default(false),
});
export type HandoverRequest = z.output<typeof requestSchema>;

/** Reads a request from outside; French faults. */
export function parseRequest(body: unknown): HandoverRequest {
	const parsed = requestSchema.safeParse(body);
	if (!parsed.success)
		throw new UserError(
			`Demande illisible : il faut « from » (qui part) et « to » (qui reprend, ou null pour répartir les leads) ou « toTeam » (${parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'corps'} : ${message}`).join(' ; ')}).`,
		);
	const request = parsed.data;
	if (request.to && request.toTeam) throw new UserError('Choisissez une personne ou une équipe, pas les deux.');
	if (request.to === request.from) throw new UserError('La personne qui reprend doit être une autre que celle qui part.');
	return request.to || request.toTeam ? request : { ...request, leadsByRules: true };
}

/** One row that will move. `to` is null when the assignment rules will choose; `follows`: the lead whose new owner gets it, then. */
export type Planned = { id: string; title: string; team: string | null; state: string | null; to: Person | null; follows: string | null };
export type Part = { holding: Holding; rows: Planned[] };
export type Plan = { request: HandoverRequest; from: Person; to: Person | null; takers: Person[]; parts: Part[]; left: { holding: Holding; count: number }[] };

type Raw = Record<string, unknown> & { id: string };
type Found = { holding: Holding; rows: Raw[] };

/** `lock`: nobody may change the rows until the transaction ends; SQLite has one writer anyway. */
async function readOpen(knex: Knex, from: string, now: Date, lock: boolean): Promise<Found[]> {
	const found: Found[] = [];
	for (const holding of holdings) {
		const query = knex(holding.collection)
			.where({ [holding.field]: from })
			.orderBy('id');
		holding.open(query, knex, now);
		const columns = [
			'id',
			...holding.title,
			...(holding.team ? ['team'] : []),
			...(holding.state ? [holding.state] : []),
			...holding.belongsTo.map(([column]) => column),
		];
		void query.select([...new Set(columns)]);
		found.push({ holding, rows: (await (lock && isPostgres(knex) ? query.forUpdate() : query)) as Raw[] });
	}
	return found;
}

const pieceId = (collection: string, id: string): string => `${collection}:${id}`;

/** How much each member has open already, counted like what is handed over. */
async function loadsOf(knex: Knex, members: readonly Person[], now: Date): Promise<Map<string, number>> {
	const loads = new Map(members.map(({ id }) => [id, 0]));
	for (const { collection, field, open } of holdings) {
		const query = knex(collection)
			.whereIn(field, [...loads.keys()])
			.groupBy(field);
		open(query, knex, now);
		const rows = (await query.select({ user: field }).count({ n: '*' })) as { user: string; n: number | string }[];
		for (const { user, n } of rows) loads.set(user, (loads.get(user) ?? 0) + Number(n));
	}
	return loads;
}

async function takersOf(knex: Knex, found: readonly Found[], members: readonly Person[], now: Date): Promise<Map<string, Person>> {
	const pieces = new Map<string, { id: string; belongsTo: string[] }>();
	for (const { holding, rows } of found)
		for (const row of rows) {
			const id = pieceId(holding.collection, row.id);
			const belongsTo = holding.belongsTo.flatMap(([column, collection]) => (row[column] ? [pieceId(collection, String(row[column]))] : []));
			pieces.set(id, { id, belongsTo });
		}
	const loads = await loadsOf(knex, members, now);
	const byId = new Map(members.map((member) => [member.id, member]));
	const shared = share(
		[...pieces.values()],
		members.map(({ id }) => ({ user: id, load: loads.get(id) ?? 0 })),
	);
	return new Map([...shared].flatMap(([id, user]) => (byId.has(user) ? [[id, byId.get(user) as Person] as const] : [])));
}

const titleOf = ({ title }: Holding, row: Raw): string =>
	title
		.flatMap((column) => row[column] ?? [])
		.join(' ')
		.trim() || 'Sans titre';

/** The lead that a row hangs on, when that lead goes where the rules send it. */
function leadOf({ belongsTo }: Holding, row: Raw, leads: ReadonlySet<string>): string | null {
	const lead = belongsTo.some(([column]) => column === 'lead') ? row['lead'] : null;
	return typeof lead === 'string' && leads.has(lead) ? lead : null;
}

/** Who gets what, without changing anything. Throws a user's error when nobody could take over. */
export async function makePlan(knex: Knex, request: HandoverRequest, lock = false): Promise<Plan> {
	const now = clockNow();
	const from = await readPerson(knex, request.from);
	const to = request.to ? await readPerson(knex, request.to) : null;
	if (to) refuseUnfitTaker(to);
	const members = request.toTeam ? await readMembers(knex, request.toTeam, from.id) : [];
	if (request.toTeam && members.length === 0) throw new UserError('Cette équipe n’a personne d’autre qui puisse reprendre.');
	const found = await readOpen(knex, from.id, now, lock);
	const byRules = new Set(request.leadsByRules ? found.find(({ holding }) => holding.collection === 'leads')?.rows.map(({ id }) => id) : []);
	const shared = await takersOf(knex, found, members, now);
	const parts: Part[] = [];
	const left: Plan['left'] = [];
	for (const { holding, rows } of found) {
		const planned = rows.map((row): Planned => {
			const follows = leadOf(holding, row, byRules);
			const chosen = follows || (holding.collection === 'leads' && byRules.has(row.id));
			return {
				id: row.id,
				title: titleOf(holding, row),
				team: holding.team ? ((row['team'] as string | null) ?? null) : null,
				state: holding.state ? String(row[holding.state] ?? '') : null,
				to: chosen ? null : (to ?? shared.get(pieceId(holding.collection, row.id)) ?? null),
				follows,
			};
		});
		const moving = planned.filter(({ id, to: taker, follows }) => taker || follows || (holding.collection === 'leads' && byRules.has(id)));
		parts.push({ holding, rows: moving });
		if (moving.length < planned.length) left.push({ holding, count: planned.length - moving.length });
	}
	return { request, from, to, takers: to ? [to] : members, parts, left };
}

export const countOf = ({ parts }: Plan): number => parts.reduce((sum, { rows }) => sum + rows.length, 0);

/** Rows of a part by the person who gets them, in pieces that one statement takes. */
export function byTaker(rows: readonly Planned[]): { to: Person | null; ids: string[] }[] {
	const groups = new Map<string | null, { to: Person | null; ids: string[] }>();
	for (const { id, to } of rows) {
		const group = groups.get(to?.id ?? null) ?? { to, ids: [] };
		group.ids.push(id);
		groups.set(to?.id ?? null, group);
	}
	return [...groups.values()].flatMap(({ to, ids }) => chunks(ids, 200).map((part) => ({ to, ids: part })));
}
