import { now as clockNow } from '../../platform/clock.ts';
import { readLocked } from '../../platform/columns.ts';
import { chunks, parseJson, type Accountability, type Host, type Knex } from '../../platform/directus.ts';
import { conflict, notFound, UserError } from '../../platform/errors.ts';
import { listed } from '../../platform/text.ts';
import { readPerson, refuseUnlessInCharge, type Person } from './persons.ts';
import { holdings, keyOf, type Holding } from './portfolio.ts';
import { movedSchema, reasonToLeave, type Current, type Move, type Moved, type Reason } from './record.ts';
import { summaryOf } from './words.ts';
import { tell } from '../../platform/notices.ts';
import { saveHandover, Writing, type Change } from './writing.ts';

export type Undone = { id: string; returned: Record<string, number>; left: { collection: string; item: string; reason: Reason }[]; report: string };

/** What became of the rows of one holding. */
type Outcome = { holding: Holding; back: Move[]; left: { move: Move; reason: Reason }[] };

async function judge(trx: Knex, holding: Holding, moves: readonly Move[]): Promise<Outcome> {
	const outcome: Outcome = { holding, back: [], left: [] };
	const columns = { user: holding.field, ...(holding.state && { state: holding.state }) };
	for (const part of chunks(moves, 500)) {
		const locked = await readLocked(
			trx,
			holding.collection,
			part.map(({ id }) => id),
		);
		const now = new Map(
			locked.map((row): [string, Current] => [
				String(row['id']),
				{ user: (row[columns.user] as string | null) ?? null, state: holding.state ? String(row[holding.state] ?? '') : null },
			]),
		);
		for (const move of part) {
			const reason = reasonToLeave(move, now.get(move.id));
			if (reason) outcome.left.push({ move, reason });
			else outcome.back.push(move);
		}
	}
	return outcome;
}

/** Back to the leaver, each row to the team that it was seen by. */
function changesFor({ holding, back }: Outcome, from: Person): Change[] {
	const byTeam = new Map<string | null, string[]>();
	for (const { id, fromTeam } of back) byTeam.set(fromTeam, [...(byTeam.get(fromTeam) ?? []), id]);
	return [...byTeam].flatMap(([team, ids]) =>
		chunks(ids, 200).map((part) => ({ collection: holding.collection, ids: part, set: { [holding.field]: from.id, ...(holding.team && { team }) } })),
	);
}

const reasonWords: Record<Reason, string> = { gone: 'supprimés depuis', taken: 'confiés à quelqu’un d’autre depuis', advanced: 'avancés depuis' };

function reportOf(outcomes: readonly Outcome[], from: Person): string {
	const returned = summaryOf(outcomes.map(({ holding, back }) => ({ holding, count: back.length })));
	const kept = (Object.keys(reasonWords) as Reason[]).flatMap((reason) => {
		const parts = outcomes.map(({ holding, left }) => ({ holding, count: left.filter((one) => one.reason === reason).length }));
		return parts.some(({ count }) => count > 0) ? [`${summaryOf(parts)} (${reasonWords[reason]})`] : [];
	});
	return `Rendu à ${from.name} : ${returned}.${kept.length > 0 ? ` Laissé en place : ${listed(kept)}.` : ''}`;
}

async function giveBack(host: Host, trx: Knex, writing: Writing, id: string, from: Person, moved: Moved, actor: Accountability): Promise<Undone> {
	const outcomes: Outcome[] = [];
	for (const holding of holdings) outcomes.push(await judge(trx, holding, moved.moves[keyOf(holding)] ?? []));
	const restart: Change[] = moved.stoppedLeads && !from.takesLeads ? [{ collection: 'directus_users', ids: [from.id], set: { takes_leads: true } }] : [];
	await writing.apply(trx, [...restart, ...outcomes.flatMap((outcome) => changesFor(outcome, from))]);
	const report = reportOf(outcomes, from);
	const left = outcomes.flatMap((outcome) => outcome.left.map(({ move, reason }) => ({ collection: outcome.holding.collection, item: move.id, reason })));
	const state = left.length === 0 ? 'undone' : 'partly_undone';
	await saveHandover(host, trx, id, { state, undo_report: report, undone_at: clockNow(), undone_by: actor.user });
	const people = new Set([from.id, ...outcomes.flatMap(({ back }) => back.flatMap(({ to }) => to ?? []))]);
	if (actor.user) people.delete(actor.user);
	const notice = { subject: `Transmission annulée : portefeuille de ${from.name}`, message: report };
	await tell(trx, [
		{ ...notice, recipients: [...people] },
		{ ...notice, recipients: actor.user ? [actor.user] : [], collection: 'handovers', item: id },
	]);
	const returned: Record<string, number> = {};
	for (const { holding, back } of outcomes) if (back.length > 0) returned[holding.collection] = Math.max(returned[holding.collection] ?? 0, back.length);
	return { id, returned, left, report };
}

/**
 * Takes a hand-over back: what is still with whom it went to, and has not come further there, returns to the leaver and to their
 * team. The rest stays, and the report says what and why. Once per hand-over.
 */
export async function undoHandover(host: Host, accountability: Accountability | null, id: string): Promise<Undone> {
	const stored = (await host.database('handovers').where({ id }).first('leaver')) as { leaver: string | null } | undefined;
	if (!stored) throw notFound('Cette transmission n’existe pas.');
	if (!stored.leaver) throw conflict('Le compte de la personne a été supprimé : il n’y a plus personne à qui rendre.');
	const from = await readPerson(host.database, stored.leaver);
	await refuseUnlessInCharge(host, accountability, [from]);
	if (!accountability) throw new UserError('Connectez-vous.');
	if (from.status !== 'active') throw conflict(`${from.name} n’a plus de compte actif : réactivez-le d’abord, puis annulez la transmission.`);
	const writing = new Writing(host, accountability);
	const undone = await host.database.transaction(async (trx) => {
		const [row] = await readLocked(trx, 'handovers', [id]);
		if (row?.['state'] !== 'done')
			throw conflict(row?.['state'] === 'draft' ? 'Cette transmission n’a pas encore eu lieu.' : 'Cette transmission est déjà annulée.');
		return giveBack(host, trx, writing, id, from, movedSchema.parse(parseJson(row['moved'])), accountability);
	});
	writing.emitAfterwards();
	return undone;
}
