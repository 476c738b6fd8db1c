import { dateOrNull } from '../platform/columns.ts';
import type { Accountability, Host } from '../platform/directus.ts';
import { notAllowed } from '../platform/errors.ts';
import { whyNoMail } from './mail.ts';
import type { Overview } from './rules/panel.ts';
import type { Channel, Target } from './rules/types.ts';
import { toRun } from './rows.ts';

type StepRow = { id: string; sequence: string; channel: Channel; task_title: string | null; template_name: string | null };

/** What a lead's or person's form shows of sequences. The caller must be able to read the row, and sequences. */
export async function sequencesOf(host: Host, accountability: Accountability | null, collection: Target, id: string): Promise<Overview> {
	if (!accountability?.user) throw notAllowed('Connectez-vous.');
	const { database: knex } = host;
	const schema = await host.getSchema();
	const service = (name: string) => new host.services.ItemsService(name, { schema, knex, accountability });
	let available: Overview['available'];
	try {
		await service(collection).readOne(id, { fields: ['id'] });
		const filter = { status: { _eq: 'active' }, target: { _eq: collection } };
		available = (await service('sequences').readByQuery({
			fields: ['id', 'name', 'description'],
			filter,
			sort: ['priority', 'name'],
			limit: 100,
		})) as Overview['available'];
	} catch {
		throw notAllowed('Votre rôle ne permet pas de voir les séquences de cette fiche.');
	}
	const column = collection === 'leads' ? 'lead' : 'person';
	const rows = (await knex('sequence_runs as r')
		.join('sequences as s', 's.id', 'r.sequence')
		.where(`r.${column}`, id)
		.orderBy('r.started_at', 'desc')
		.limit(20)
		.select('r.*', 's.name as sequence_name')) as Record<string, unknown>[];
	const steps = (await knex('sequence_steps as t')
		.leftJoin('message_templates as m', 'm.id', 't.template')
		.whereIn(
			't.sequence',
			rows.map((row) => row['sequence'] as string),
		)
		.orderBy([{ column: 't.sort' }, { column: 't.date_created' }, { column: 't.id' }])
		.select('t.id', 't.sequence', 't.channel', 't.task_title', 'm.name as template_name')) as StepRow[];
	const sends = (await knex('sequence_sends')
		.whereIn(
			'run',
			rows.map((row) => row['id'] as string),
		)
		.orderBy('position')) as Record<string, unknown>[];
	const { update } = await new host.services.PermissionsService({ accountability, schema, knex }).getItemPermissions(collection, id);
	const iso = (value: unknown): string | null => dateOrNull(value)?.toISOString() ?? null;
	return {
		runs: rows.map((row) => {
			const run = toRun(row);
			const own = steps.filter(({ sequence }) => sequence === run.sequence);
			const next = run.ended_at ? undefined : own[run.step];
			return {
				id: run.id,
				name: String(row['sequence_name']),
				state: run.state,
				reason: run.stop_reason,
				note: run.error,
				step: Math.min(run.step, own.length),
				steps: own.length,
				next: next ? { channel: next.channel, title: next.channel === 'email' ? next.template_name : next.task_title, at: iso(run.next_at) } : null,
				startedAt: run.started_at.toISOString(),
				endedAt: iso(run.ended_at),
				done: sends
					.filter((send) => send['run'] === run.id)
					.map((send) => ({
						position: Number(send['position']),
						channel: send['channel'] as Channel,
						state: String(send['state']),
						subject: send['subject'] as string | null,
						at: iso(send['at']) ?? '',
						note: send['note'] as string | null,
					})),
			};
		}),
		available,
		mayAct: update.access,
		mail: whyNoMail(),
	};
}
