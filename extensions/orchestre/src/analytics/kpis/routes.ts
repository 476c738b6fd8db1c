import { createHash } from 'node:crypto';
import { refuseUnlessReadable } from '../../platform/access.ts';
import { now as clockNow } from '../../platform/clock.ts';
import type { Accountability } from '../../platform/directus.ts';
import { notAllowed, notFound } from '../../platform/errors.ts';
import { addRoutes, asyncRoute, type Routes } from '../../platform/routes.ts';
import { readerFor } from '../../timeline/reader.ts';
import { definitionOf, definitions } from './definitions/index.ts';
import { answerKpi } from './read/answer.ts';
import { readAsked } from './read/asked.ts';
import { csvOf } from './read/csv.ts';
import { describe } from './read/described.ts';

type Caller = { params: Record<string, string | undefined>; query: unknown; headers: Record<string, string | string[] | undefined>; accountability: Accountability | null }; // prettier-ignore

function signedIn({ accountability }: Caller): Accountability {
	if (!accountability?.user) throw notAllowed('Connectez-vous pour lire ces chiffres.');
	return accountability;
}

/** What tells two answers apart. */
const tagOf = (body: string): string => `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

/**
 * GET /orchestre/kpis → { data: the KPIs with their formulas }.
 * GET /orchestre/kpis/:key ?period ?from ?to ?scope ?scope_key ?compare ?format=csv → { data: KpiAnswer } or the series as CSV, with an ETag; 304 for
 * whoever has it already. Results are read with the caller's own rights; 400 with a French sentence for what makes no sense, 403, 404.
 * docs/kpis.openapi.yaml describes them.
 */
const routes: Routes = (router, context) => {
	router.get(
		'/kpis',
		asyncRoute(async (request, response) => {
			await refuseUnlessReadable(context, signedIn(request as unknown as Caller), 'kpis', 'Les indicateurs sont hors de vos droits.');
			response.setHeader('Cache-Control', 'private, no-cache');
			response.json({ data: definitions.map(describe) });
		}),
	);
	router.get(
		'/kpis/:key',
		asyncRoute(async (request, response) => {
			const caller = request as unknown as Caller;
			const accountability = signedIn(caller);
			const reader = await readerFor(context, accountability, ['performance']);
			if (!reader.reads('performance')) throw notAllowed('Ces chiffres sont hors de vos droits.');
			const definition = definitionOf(String(caller.params['key']));
			if (!definition) throw notFound('Cet indicateur n’existe pas. GET /orchestre/kpis les donne tous.');
			const asked = readAsked(caller.query, definition, clockNow());
			const answer = await answerKpi(context, accountability, definition, asked, reader);
			const isCsv = asked.format === 'csv';
			const body = isCsv ? csvOf(answer) : JSON.stringify({ data: answer });
			const tag = tagOf(body);
			response.setHeader('Cache-Control', 'private, no-cache');
			response.setHeader('ETag', tag);
			if (caller.headers['if-none-match'] === tag) {
				response.status(304).end();
				return;
			}
			response.setHeader('Content-Type', isCsv ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8');
			if (isCsv) response.setHeader('Content-Disposition', `attachment; filename="${definition.key}-${asked.kind}.csv"`);
			response.send(body);
		}),
	);
};

addRoutes('kpis', routes);
