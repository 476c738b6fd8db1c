import { randomUUID } from 'node:crypto';
import { advanceClock, now } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue, runDueJobs, runJobs, tallyOf, type Tally } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call, type Row } from '../../scripts/support/client.ts';
import type { TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { newLead } from '../leads/support.ts';

export type Run = Row & {
	id: string;
	state: string;
	stop_reason: string | null;
	step: number;
	error: string | null;
	lead: string | null;
	person: string | null;
};

/** What the tests of this room do again and again, on one Directus. */
export function stage(directus: TestDirectus) {
	const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
	const strike = async (kind: string): Promise<Tally> => {
		const [id] = await enqueue(directus.database, [{ kind, key: `${kind}:test:${randomUUID()}` }]);
		return tallyOf(await runJobs(await hostOf(directus), { ids: id ? [id] : [] }));
	};
	return {
		create,
		lead: (over: Row = {}): Promise<string> => create('leads', newLead(over) as Row),
		template: (over: Row = {}): Promise<string> =>
			create('message_templates', {
				name: 'Suivi',
				key: `suivi.n${randomUUID().slice(0, 8)}`,
				channel: 'email',
				status: 'active',
				purpose: 'prospecting',
				consent: 'not_refused',
				subject: 'Votre projet, {{ contact.prenom }}',
				body: 'Bonjour {{ contact.prenom }},\n\nÀ bientôt chez {{ entreprise.nom }}.',
				...over,
			}),
		/** An active sequence of these steps; each of its steps in order. */
		sequence: (steps: Row[], over: Row = {}): Promise<string> =>
			create('sequences', {
				name: `Séquence ${randomUUID().slice(0, 8)}`,
				status: 'active',
				steps: steps.map((step, index) => ({ sort: index + 1, ...step })),
				...over,
			}),
		runs: async (where: Row): Promise<Run[]> => (await directus.database('sequence_runs').where(where).orderBy('started_at')) as Run[],
		sends: async (run: string): Promise<Row[]> => (await directus.database('sequence_sends').where({ run }).orderBy('position')) as Row[],
		/** The schedule of a flow strikes once. */
		run: strike,
		/** Days go by, and the flow strikes: what is due is done, to the end. */
		async pass(days = 0): Promise<void> {
			advanceClock(days * 86_400_000);
			await strike('sequences.run');
			await runDueJobs(await hostOf(directus));
		},
		now,
	};
}
