import type { Request, Response } from 'express';
import { now } from '../platform/clock.ts';
import type { Accountability } from '../platform/directus.ts';
import { notFound } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';
import { addRoutes, asyncRoute, type Routes } from '../platform/routes.ts';
import { sharedState } from '../platform/shared-state.ts';
import { actOnRun, runActions, startByHand } from './by-hand.ts';
import { linkSecret } from './mail.ts';
import { optOut } from './opt-out.ts';
import { askPage, busyPage, donePage, wrongPage } from './opt-out-page.ts';
import { sequencesOf } from './overview.ts';
import { previewTemplate } from './preview.ts';
import { CallCounter } from './rules/calls.ts';
import { readLink, type Linked } from './rules/link.ts';

/** Enough for an office behind one address, too little to try signatures. */
const counter = sharedState('sequences.opt-out', () => new CallCounter(30));

const accountabilityOf = (request: Request): Accountability | null => (request as unknown as { accountability: Accountability | null }).accountability;

function idOf(request: Request, missing: string): string {
	const { id } = request.params;
	if (!isUuid(id)) throw notFound(missing);
	return id;
}

/** Answers a page; never kept by a cache, and its address goes nowhere else. */
function answer(response: Response, status: number, html: string): void {
	response.status(status).set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' }).type('html').send(html);
}

/** Whom a link names, once the caller may ask; null when the page of refusal is already answered. A wrong link and one of nobody look alike. */
function linkedOf(request: Request, response: Response): Linked | null {
	if (!counter.allow(request.ip ?? '', now())) {
		answer(response.set('Retry-After', '60'), 429, busyPage());
		return null;
	}
	const linked = readLink(request.params['token'] ?? '', linkSecret());
	if (!linked) answer(response, 404, wrongPage());
	return linked;
}

/** GET shows the question, POST does it: mail scanners follow links, and RFC 8058 posts. */
const optOutRoutes: Routes = (router, context) => {
	const house = async (): Promise<string> => {
		const row = (await context.database('company_profile').first('trade_name', 'legal_name')) as { trade_name: string | null; legal_name: string } | undefined;
		return row?.trade_name ?? row?.legal_name ?? 'notre société';
	};
	router.get(
		'/unsubscribe/:token',
		asyncRoute(async (request, response) => {
			if (linkedOf(request, response)) answer(response, 200, askPage(await house()));
		}),
	);
	router.post(
		'/unsubscribe/:token',
		asyncRoute(async (request, response) => {
			const linked = linkedOf(request, response);
			if (!linked) return;
			await optOut(context, linked);
			answer(response, 200, donePage(await house()));
		}),
	);
};

/** What the panels on leads, people and templates ask, and the API for others. 400 with what is wrong, 403, 404, 409. */
const staffRoutes: Routes = (router, context) => {
	for (const collection of ['leads', 'people'] as const) {
		router.get(
			`/${collection}/:id/sequences`,
			asyncRoute(async (request, response) => {
				response.json({ data: await sequencesOf(context, accountabilityOf(request), collection, idOf(request, 'Cette fiche n’existe pas.')) });
			}),
		);
	}
	router.post(
		'/sequences/:id/start',
		asyncRoute(async (request, response) => {
			response.json({ data: await startByHand(context, accountabilityOf(request), idOf(request, 'Cette séquence n’existe pas.'), request.body) });
		}),
	);
	for (const action of runActions) {
		router.post(
			`/sequence-runs/:id/${action}`,
			asyncRoute(async (request, response) => {
				response.json({ data: await actOnRun(context, accountabilityOf(request), idOf(request, 'Cette séquence en cours n’existe pas.'), action) });
			}),
		);
	}
	router.post(
		'/message-templates/preview',
		asyncRoute(async (request, response) => {
			response.json({ data: await previewTemplate(context, accountabilityOf(request), request.body) });
		}),
	);
};

addRoutes('sequences', (router, context) => {
	optOutRoutes(router, context);
	staffRoutes(router, context);
});
