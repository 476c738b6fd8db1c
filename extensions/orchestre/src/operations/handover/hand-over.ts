import { now as clockNow } from '../../platform/clock.ts';
import { readLocked } from '../../platform/columns.ts';
import { chunks, type Accountability, type Host, type Knex } from '../../platform/directus.ts';
import { conflict, UserError } from '../../platform/errors.ts';
import { byTaker, countOf, makePlan, requestSchema, type HandoverRequest, type Part, type Plan } from './plan.ts';
import { readMembers, readPerson, refuseUnlessInCharge, type Person } from './persons.ts';
import { keyOf, type Holding } from './portfolio.ts';
import { movedSchema, type Move, type Moved } from './record.ts';
import { summaryOf, summaryOfPlan, takerWords, warningsOf } from './words.ts';
import { tell } from '../../platform/notices.ts';
import { saveHandover, Writing, type Change } from './writing.ts';

export type Preview = {
	from: { id: string; name: string };
	to: { id: string; name: string } | null;
	summary: string;
	counts: Record<string, number>;
	items: Record<string, { id: string; title: string; to: string | null }[]>;
	warnings: string[];
};
export type Done = { id: string; summary: string; counts: Record<string, number>; warnings: string[] };

const byCollection = <T>(parts: readonly Part[], value: (rows: Part['rows']) => T): Record<string, T> => {
	const rows = new Map<string, Part['rows']>();
	for (const part of parts) {
		const known = rows.get(part.holding.collection) ?? [];
		// A project may be there twice, for its two roles; it is one project.
		rows.set(part.holding.collection, [...known, ...part.rows.filter(({ id }) => !known.some((one) => one.id === id))]);
	}
	return Object.fromEntries([...rows].filter(([, list]) => list.length > 0).map(([collection, list]) => [collection, value(list)]));
};

/** Rights on everybody whom a request names. */
async function refuseUnlessAllowed(host: Host, accountability: Accountability | null, { from, to, toTeam }: HandoverRequest): Promise<Accountability> {
	const people: Person[] = [await readPerson(host.database, from)];
	if (to) people.push(await readPerson(host.database, to));
	if (toTeam) people.push(...(await readMembers(host.database, toTeam, from)));
	await refuseUnlessInCharge(host, accountability, people);
	if (!accountability) throw new UserError('Connectez-vous.');
	return accountability;
}

/** What a hand-over would do: counts, lists and warnings. Nothing is written. */
export async function preview(host: Host, accountability: Accountability | null, request: HandoverRequest): Promise<Preview> {
	await refuseUnlessAllowed(host, accountability, request);
	const plan = await makePlan(host.database, request);
	return {
		from: { id: plan.from.id, name: plan.from.name },
		to: plan.to && { id: plan.to.id, name: plan.to.name },
		summary: summaryOfPlan(plan),
		counts: byCollection(plan.parts, (rows) => rows.length),
		items: byCollection(plan.parts, (rows) => rows.map(({ id, title, to }) => ({ id, title, to: to?.id ?? null }))),
		warnings: await warningsOf(host.database, plan, clockNow()),
	};
}

const firstRow = (plan: Plan): Record<string, unknown> => ({
	label: `${plan.from.name} → ${takerWords(plan)}`.slice(0, 255),
	leaver: plan.from.id,
	team: plan.from.team,
	taker: plan.to?.id ?? null,
	taker_team: plan.request.toTeam ?? null,
	request: plan.request,
});

/** Keeps a preview as a row of `handovers`, from which it can be looked at in peace and then carried out. */
export async function prepare(host: Host, accountability: Accountability | null, request: HandoverRequest): Promise<Done> {
	const actor = await refuseUnlessAllowed(host, accountability, request);
	return host.database.transaction(async (trx) => {
		const plan = await makePlan(trx, request);
		const warnings = await warningsOf(trx, plan, clockNow());
		const summary = summaryOfPlan(plan);
		const id = await saveHandover(host, trx, null, { ...firstRow(plan), state: 'draft', summary, warnings: warnings.join('\n') || null });
		const message = `À transmettre : ${summary}. Ouvrez cette fiche pour relire les points d’attention, puis lancez « Transmettre ».`;
		if (actor.user)
			await tell(trx, [{ recipients: [actor.user], subject: `Transmission préparée : ${plan.from.name}`, message, collection: 'handovers', item: id }]);
		return { id, summary, counts: byCollection(plan.parts, (rows) => rows.length), warnings };
	});
}

const changeFor = ({ field, team }: Holding, to: Person): Record<string, unknown> => ({ [field]: to.id, ...(team && to.team && { team: to.team }) });

/** Everything but what waits for the rules' choice. */
const firstChanges = ({ parts }: Plan): Change[] =>
	parts.flatMap(({ holding, rows }) =>
		byTaker(rows.filter(({ follows }) => !follows)).map(({ to, ids }) => ({
			collection: holding.collection,
			ids,
			set: to ? changeFor(holding, to) : { [holding.field]: null },
		})),
	);

async function ownersOf(trx: Knex, leads: readonly string[]): Promise<Map<string, Person>> {
	const owners = new Map<string, Person>();
	const people = new Map<string, Person>();
	for (const part of chunks(leads, 500))
		for (const { id, owner } of (await trx('leads').whereIn('id', part).whereNotNull('owner').select('id', 'owner')) as { id: string; owner: string }[]) {
			if (!people.has(owner)) people.set(owner, await readPerson(trx, owner));
			owners.set(id, people.get(owner) as Person);
		}
	return owners;
}

/** Tasks and appointments of leads whose owner the rules have chosen by now. Where they found nobody, they stay. */
async function followingChanges(trx: Knex, { parts }: Plan): Promise<Change[]> {
	const leads = parts.flatMap(({ rows }) => rows.flatMap(({ follows }) => follows ?? []));
	const owners = await ownersOf(trx, [...new Set(leads)]);
	return parts.flatMap(({ holding, rows }) =>
		byTaker(rows.flatMap((row) => (row.follows && owners.has(row.follows) ? [{ ...row, to: owners.get(row.follows) ?? null }] : []))).flatMap(({ to, ids }) =>
			to ? [{ collection: holding.collection, ids, set: changeFor(holding, to) }] : [],
		),
	);
}

/** What really moved, read back after every room has had its say. */
async function readMoved(trx: Knex, plan: Plan): Promise<Record<string, Move[]>> {
	const moves: Record<string, Move[]> = {};
	for (const { holding, rows } of plan.parts) {
		const list: Move[] = [];
		for (const part of chunks(rows, 500)) {
			const ids = part.map(({ id }) => id);
			const columns = { user: holding.field, ...(holding.team && { team: 'team' }) };
			const now = (await trx(holding.collection).whereIn('id', ids).select('id').select(columns)) as {
				id: string;
				user: string | null;
				team?: string | null;
			}[];
			const byId = new Map(now.map((row) => [row.id, row]));
			for (const { id, team, state } of part) {
				const row = byId.get(id);
				if (row && row.user !== plan.from.id) list.push({ id, fromTeam: team, to: row.user, toTeam: row.team ?? null, state });
			}
		}
		if (list.length > 0) moves[keyOf(holding)] = list;
	}
	return moves;
}

async function tellTakers(trx: Knex, plan: Plan, moves: Record<string, Move[]>, actor: Accountability): Promise<void> {
	const takers = new Set(Object.values(moves).flatMap((list) => list.flatMap(({ to }) => to ?? [])));
	const notices = [...takers]
		.filter((taker) => taker !== actor.user)
		.map((recipient) => {
			const mine = plan.parts.map(({ holding }) => ({ holding, count: (moves[keyOf(holding)] ?? []).filter(({ to }) => to === recipient).length }));
			return { recipients: [recipient], subject: `Vous reprenez le portefeuille de ${plan.from.name}`, message: `Désormais à vous : ${summaryOf(mine)}.` };
		});
	await tell(trx, notices);
}

async function carryOut(host: Host, trx: Knex, writing: Writing, request: HandoverRequest, actor: Accountability, draft: string | null): Promise<Done> {
	const plan = await makePlan(trx, request, true);
	if (countOf(plan) === 0) throw conflict(`${plan.from.name} n’a rien à transmettre.`);
	const warnings = await warningsOf(trx, plan, clockNow());
	const stop: Change[] = plan.from.takesLeads ? [{ collection: 'directus_users', ids: [plan.from.id], set: { takes_leads: false } }] : [];
	await writing.apply(trx, [...stop, ...firstChanges(plan)]);
	await writing.apply(trx, await followingChanges(trx, plan));
	const moves = await readMoved(trx, plan);
	const moved: Moved = { stoppedLeads: stop.length > 0, moves };
	const summary = summaryOf(plan.parts.map(({ holding }) => ({ holding, count: (moves[keyOf(holding)] ?? []).length })));
	const counts = byCollection(
		plan.parts.map(({ holding, rows }) => ({ holding, rows: rows.filter(({ id }) => moves[keyOf(holding)]?.some((move) => move.id === id)) })),
		(rows) => rows.length,
	);
	const row = {
		...firstRow(plan),
		state: 'done',
		summary,
		warnings: warnings.join('\n') || null,
		moved: movedSchema.parse(moved),
		done_at: clockNow(),
		done_by: actor.user,
	};
	const id = await saveHandover(host, trx, draft, row);
	await tellTakers(trx, plan, moves, actor);
	const message = `Transmis : ${summary}. « Annuler la transmission » rend ce qui n’a pas changé depuis.`;
	if (actor.user)
		await tell(trx, [{ recipients: [actor.user], subject: `Portefeuille de ${plan.from.name} transmis`, message, collection: 'handovers', item: id }]);
	return { id, summary, counts, warnings };
}

/** Hands over everything at once, or nothing: one transaction, with the trail in the caller's name. */
export async function handOver(host: Host, accountability: Accountability | null, request: HandoverRequest): Promise<Done> {
	const actor = await refuseUnlessAllowed(host, accountability, request);
	const writing = new Writing(host, actor);
	const done = await host.database.transaction((trx) => carryOut(host, trx, writing, request, actor, null));
	writing.emitAfterwards();
	return done;
}

/** Carries out a prepared hand-over, with what the person has now. */
export async function handOverPrepared(host: Host, accountability: Accountability | null, id: string): Promise<Done> {
	const stored = (await host.database('handovers').where({ id }).first('request')) as { request: unknown } | undefined;
	const request = requestSchema.safeParse(typeof stored?.request === 'string' ? JSON.parse(stored.request) : stored?.request);
	if (!request.success) throw new UserError('Cette transmission n’existe pas.', { code: 'NOT_FOUND', status: 404 });
	const actor = await refuseUnlessAllowed(host, accountability, request.data);
	const writing = new Writing(host, actor);
	const done = await host.database.transaction(async (trx) => {
		const [row] = await readLocked(trx, 'handovers', [id]);
		if (row?.['state'] !== 'draft') throw conflict('Cette transmission est déjà faite.');
		return carryOut(host, trx, writing, request.data, actor, id);
	});
	writing.emitAfterwards();
	return done;
}
