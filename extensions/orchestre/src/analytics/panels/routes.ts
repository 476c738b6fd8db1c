import { createHash } from 'node:crypto';
import { now as clockNow } from '../../platform/clock.ts';
import type { Accountability } from '../../platform/directus.ts';
import { notAllowed, notFound, UserError } from '../../platform/errors.ts';
import { outsideRoles } from '../../platform/roles.ts';
import { addRoutes, asyncRoute, type Routes } from '../../platform/routes.ts';
import { readerFor } from '../../timeline/reader.ts';
import type { Answer } from './answer.ts';
import { panelData } from './registry.ts';
import { maySeeAny } from './sees-view.ts';
import { isSource, stampsOf } from './stamps.ts';
import { viewOf } from './view.ts';

type Caller = {
	params: Record<string, string | undefined>;
	query: Record<string, unknown>;
	headers: Record<string, string | string[] | undefined>;
	accountability: Accountability | null;
};

const longest = 2000;

/** Parameters as text; lists and nested ones are no options of a panel. */
function textsOf(query: Record<string, unknown>): Record<string, string> {
	const texts: Record<string, string> = {};
	for (const [name, value] of Object.entries(query)) {
		if (typeof value !== 'string' || value.length > longest) throw new UserError(`L’option « ${name.slice(0, 40)} » n’a pas la forme attendue.`);
		if (value !== '') texts[name] = value;
	}
	return texts;
}

function staff(accountability: Accountability | null): Accountability & { user: string } {
	const { user, role } = accountability ?? {};
	if (!accountability || !user) throw notAllowed('Connectez-vous pour lire ces chiffres.');
	if (!accountability.admin && outsideRoles.some((outside) => outside === role)) throw notAllowed('Les tableaux de bord sont réservés aux collaborateurs.');
	return accountability as Accountability & { user: string };
}

const tagOf = (body: object): string => `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`;

/**
 * GET /orchestre/panels/stamps ?of=performance,actions: how far these sources have come.
 * GET /orchestre/panels/:panel ?dashboard ?period ?scope ?key ?comparison and the panel's own options → { data: Answer }, with an ETag; 304
 * for whoever has it already. Everything is read with the caller's rights; 403 without any on the collection that the panel is about.
 */
const routes: Routes = (router, context) => {
	router.get(
		'/panels/stamps',
		asyncRoute(async (request, response) => {
			const { query, accountability } = request as unknown as Caller;
			const { user } = staff(accountability);
			const sources = String(query['of'] ?? '').split(',');
			response.setHeader('Cache-Control', 'private, no-store');
			response.json({ data: await stampsOf(context.database, sources.filter(isSource), user) });
		}),
	);
	router.get(
		'/panels/:panel',
		asyncRoute(async (request, response) => {
			const { params, query, headers, accountability } = request as unknown as Caller;
			const caller = staff(accountability);
			const panel = panelData(String(params['panel']));
			if (!panel) throw notFound('Ce panneau n’existe pas.');
			const needs = panel.needs ?? 'performance';
			const reader = await readerFor(context, caller, [...new Set([needs, ...panel.reads])]);
			if (!reader.reads(needs)) throw notAllowed('Ces chiffres sont hors de vos droits.');
			const { dashboard, period, scope, key, comparison, ...options } = textsOf(query);
			const asked = Object.fromEntries(Object.entries({ dashboard, period, scope, key, comparison }).filter(([, value]) => value !== undefined));
			const now = clockNow();
			// Before the rows: what changes in between is read once more, never missed.
			const [stamps, { view, cockpit }] = await Promise.all([stampsOf(context.database, panel.follows, caller.user), viewOf(context, caller, asked, now)]);
			const figures = await panel.read({ host: context, accountability: caller, reader, view, cockpit, options, now });
			if (figures === null && !(await maySeeAny(context, caller, panel, view, options))) throw notAllowed('Ces chiffres sont hors de vos droits.');
			const answer: Answer<object> = { view, figures, stamps };
			const tag = tagOf(answer);
			response.setHeader('Cache-Control', 'private, no-cache');
			response.setHeader('ETag', tag);
			if (headers['if-none-match'] === tag) response.status(304).end();
			else response.json({ data: answer });
		}),
	);
};

addRoutes('panels', routes);
