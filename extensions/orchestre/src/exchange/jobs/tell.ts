import { z } from 'zod';
import { chunks, parseJson, systemAccountability } from '../../platform/directus.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { counted } from '../../platform/text.ts';
import { readImport } from '../row.ts';

/** At the end of an import of leads: one message to each owner, instead of one for each lead; and its author hears how it went. */
defineJob({
	kind: 'exchange.tell',
	mode: 'transaction',
	payload: z.object({ import: z.string(), round: z.number() }),
	run: async ({ trx, host, payload }): Promise<JobResult> => {
		const one = await readImport(trx, payload.import);
		if (!one || one.state !== 'done') return { skipped: 'L’import n’est plus en place.' };
		const counts = new Map<string, number>();
		if (one.target === 'leads') {
			const parts = (await trx('import_parts').where({ import: one.id }).orderBy('number').select('items')) as { items: unknown }[];
			for (const ids of chunks(
				parts.flatMap(({ items }) => (parseJson<(string | null)[] | null>(items) ?? []).filter((id) => id !== null)),
				500,
			)) {
				const rows = (await trx('leads').whereIn('id', ids).whereNotNull('owner').groupBy('owner').select('owner').count({ n: '*' })) as {
					owner: string;
					n: number | string;
				}[];
				for (const { owner, n } of rows) counts.set(owner, (counts.get(owner) ?? 0) + Number(n));
			}
		}
		const name = one.name ?? 'Import';
		// Without e-mail, which would leave before the commit.
		const service = new host.services.ItemsService('directus_notifications', {
			schema: await host.getSchema(),
			knex: trx,
			accountability: systemAccountability(),
		});
		const about = { collection: 'imports', item: one.id };
		const messages = [...counts].map(([recipient, count]) => ({
			recipient,
			subject: `${counted(count, 'nouveau lead vous est attribué', 'nouveaux leads vous sont attribués')}`,
			message: `Ils viennent de l’import « ${name} ». Retrouvez-les dans vos leads, triés par délai de premier contact.`,
		}));
		if (one.user_created)
			messages.push({
				recipient: one.user_created,
				subject: `Import terminé : ${name}`,
				message: `${counted(one.rows_done, 'ligne importée', 'lignes importées')}, ${counted(one.rows_bad, 'ligne laissée', 'lignes laissées')} de côté.`,
			});
		await service.createMany(
			messages.map((message) => ({ ...message, status: 'inbox', ...(message.recipient === one.user_created && about) })),
			{ emitEvents: false },
		);
		return { told: messages.length };
	},
});
