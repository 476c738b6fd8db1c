import { z } from 'zod';
import { chunks, parseJson } from '../../platform/directus.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { tell, type Notice } from '../../platform/notices.ts';
import { counted } from '../../platform/text.ts';
import { readImport } from '../row.ts';

/** At the end of an import of leads: one message to each owner, instead of one for each lead; and its author hears how it went. */
defineJob({
	kind: 'exchange.tell',
	mode: 'transaction',
	payload: z.object({ import: z.string(), round: z.number() }),
	run: async ({ trx, payload }): Promise<JobResult> => {
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
		const about = (recipient: string): Pick<Notice, 'collection' | 'item'> => (recipient === one.user_created ? { collection: 'imports', item: one.id } : {});
		const notices: Notice[] = [...counts].map(([owner, count]) => ({
			recipients: [owner],
			subject: `${counted(count, 'nouveau lead vous est attribué', 'nouveaux leads vous sont attribués')}`,
			message: `Ils viennent de l’import « ${name} ». Retrouvez-les dans vos leads, triés par délai de premier contact.`,
			...about(owner),
		}));
		if (one.user_created)
			notices.push({
				recipients: [one.user_created],
				subject: `Import terminé : ${name}`,
				message: `${counted(one.rows_done, 'ligne importée', 'lignes importées')}, ${counted(one.rows_bad, 'ligne laissée', 'lignes laissées')} de côté.`,
				...about(one.user_created),
			});
		await tell(trx, notices);
		return { told: notices.length };
	},
});
