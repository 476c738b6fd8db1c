import { defineHook } from '@directus/extensions-sdk';
import type { Accountability } from '../platform/directus.ts';
import { notAllowed, notFound, UserError } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';
import { addRoutes, asyncRoute, type Routes } from '../platform/routes.ts';
import { readNext } from './next/facts.ts';
import { readTimeline, type Asked } from './page.ts';
import { readCursor } from './rules/pages.ts';
import { isSubject, kinds, type Kind, type Subject } from './rules/types.ts';

type Request = { params: Record<string, string | undefined>; query: Record<string, unknown>; accountability: Accountability | null };

const pageSize = 30;
const largestPage = 100;

function asked({ kinds: some, limit = pageSize, before }: Record<string, unknown>): Asked {
	const chosen = typeof some === 'string' && some !== '' ? some.split(',') : [];
	const unknown = chosen.find((kind) => !kinds.some((known) => known === kind));
	if (unknown !== undefined) throw new UserError(`Il n’y a pas d’événements « ${unknown} ». Possibles : ${kinds.join(', ')}.`);
	const size = Number(limit);
	if (!Number.isInteger(size) || size < 1 || size > largestPage) throw new UserError(`Une page compte de 1 à ${largestPage} événements.`);
	const from = before === undefined ? null : readCursor(String(before));
	if (before !== undefined && !from) throw new UserError('Cette suite n’existe pas : reprenez depuis le début.');
	return { kinds: chosen as Kind[], limit: size, from };
}

function subjectOf({ params, accountability }: Request): [Accountability, Subject, string] {
	const { collection, id } = params;
	if (!accountability?.user) throw notAllowed('Connectez-vous pour lire cet historique.');
	if (!isSubject(collection) || !isUuid(id)) throw notFound('Il n’y a pas d’historique ici.');
	return [accountability, collection, id];
}

/**
 * GET /orchestre/timeline/:collection/:id ?kinds=task,quote &limit=30 &before=<next of the page before>, and
 * GET /orchestre/next-action/:collection/:id. 403 when the record is out of reach.
 */
const routes: Routes = (router, context) => {
	router.get(
		'/timeline/:collection/:id',
		asyncRoute(async (request, response) => {
			const caller = request as unknown as Request;
			response.json({ data: await readTimeline(context, ...subjectOf(caller), asked(caller.query)) });
		}),
	);
	router.get(
		'/next-action/:collection/:id',
		asyncRoute(async (request, response) => {
			response.json({ data: await readNext(context, ...subjectOf(request as unknown as Request)) });
		}),
	);
};

addRoutes('timeline', routes);

/** Wiring of the timeline of a record and of its next action (docs/decisions/104). */
export default defineHook(() => {});
