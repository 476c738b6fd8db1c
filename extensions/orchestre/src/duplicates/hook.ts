import { defineHook } from '@directus/extensions-sdk';
import { z } from 'zod';
import { isSystem, type Accountability } from '../platform/directus.ts';
import { UserError } from '../platform/errors.ts';
import { addRoutes, asyncRoute, type Routes } from '../platform/routes.ts';
import { guardInput } from '../platform/written.ts';
import './jobs/index.ts';
import { mergePair, rejectPair } from './merge/merge.ts';
import { pairByHand } from './merge/pair.ts';
import { previewMerge } from './merge/preview.ts';
import { undoMerge } from './merge/undo.ts';
import { similarTo } from './similar.ts';

const mergeBody = z.object({ keep: z.string().optional(), choices: z.record(z.string(), z.enum(['kept', 'gone', 'both'])).optional() });

type Request = { params: Record<string, string | undefined>; query: Record<string, unknown>; body: unknown; accountability: Accountability | null };

/**
 * POST /orchestre/duplicates/similar { collection, id?, values } while somebody types; POST /orchestre/duplicates { kind, a, b } → the
 * pair of two records; GET /orchestre/duplicates/:id?keep= is the preview; POST …/:id/merge { keep?, choices? }, …/:id/reject, …/:id/undo.
 * 403 outside one's rights, 404 for what one may not read, 409 with what stands in the way.
 */
const routes: Routes = (router, context) => {
	const on = (method: 'get' | 'post', path: string, answer: (request: Request, id: string) => Promise<unknown>): void => {
		router[method](
			path,
			asyncRoute(async (raw, response) => {
				const request = raw as unknown as Request;
				response.json({ data: await answer(request, request.params['id'] ?? '') });
			}),
		);
	};
	on('post', '/duplicates/similar', ({ accountability, body }) => similarTo(context, accountability, body));
	on('post', '/duplicates', async ({ accountability, body }) => ({ id: await pairByHand(context, accountability, (body ?? {}) as Record<string, unknown>) }));
	on('get', '/duplicates/:id', ({ accountability, query }, id) =>
		previewMerge(context, accountability, id, typeof query['keep'] === 'string' ? query['keep'] : undefined),
	);
	on('post', '/duplicates/:id/merge', ({ accountability, body }, id) => {
		const asked = mergeBody.safeParse(body ?? {});
		if (!asked.success) throw new UserError('Pour chaque champ, choisissez « kept », « gone » ou « both ».');
		return mergePair(context, accountability, id, asked.data);
	});
	on('post', '/duplicates/:id/reject', async ({ accountability }, id) => {
		await rejectPair(context, accountability, id);
		return { pair: id };
	});
	on('post', '/duplicates/:id/undo', ({ accountability }, id) => undoMerge(context, accountability, id));
};

addRoutes('duplicates', routes);

/** What people may write of a pair by hand: their comment. */
const computed =
	'label kind state level sureness reasons proposal company_a company_b person_a person_b lead_a lead_b report decided_at decided_by checked_at pair_key merge'.split(
		' ',
	);
const kept = 'Les doublons sont tenus par Orchestre : ils se fusionnent, s’écartent et se rétablissent par leurs boutons.';

/** Wiring of duplicates (docs/decisions/102): the record of a merge is the product's alone, or an undo would move anything. */
export default defineHook(({ filter }) => {
	for (const event of ['create', 'delete'])
		filter(`duplicate_pairs.items.${event}`, (_payload, _meta, { accountability }) => {
			if (!isSystem(accountability)) throw new UserError(kept, { code: 'KEPT_BY_ORCHESTRE', status: 403 });
		});
	guardInput(filter, 'duplicate_pairs', computed);
});
