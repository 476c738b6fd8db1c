import type { Request, Response } from 'express';
import { now } from '../platform/clock.ts';
import { asyncRoute, type Routes } from '../platform/routes.ts';
import { sharedState } from '../platform/shared-state.ts';
import { CallCounter } from '../sequences/rules/calls.ts';
import { aboutText, answerSurvey, readAnswer, surveyOf, type Asked } from './survey-answer.ts';
import { answeredPage, expiredPage, hurriedPage, questionPage, thanksPage, unknownPage } from './survey-page.ts';

/** Enough for an office behind one address, too little to try signatures. */
const counter = sharedState('onboarding.survey', () => new CallCounter(30));
/** A score and two thousand characters, however they are encoded. */
const mostBytes = 40_000;

/** Answers a page; never kept by a cache, and its address goes nowhere else. */
function answer(response: Response, status: number, html: string): void {
	response.status(status).set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' }).type('html').send(html);
}

/** The form as it came; Directus reads JSON only. Null when it is too long. */
async function bodyOf(request: Request): Promise<string | null> {
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of request as AsyncIterable<Buffer>) {
		size += part.byteLength;
		if (size > mostBytes) return null;
		parts.push(part);
	}
	return Buffer.concat(parts).toString('utf8');
}

const closed: Readonly<Record<Exclude<Asked['state'], 'open'>, readonly [number, () => string]>> = {
	answered: [200, answeredPage],
	expired: [410, expiredPage],
	unknown: [404, unknownPage],
};

/** GET /orchestre/survey/:token shows the question, POST takes the answer, once: scanners of mail follow links. Public. */
export const surveyRoutes: Routes = (router, context) => {
	const { database } = context;
	const house = async (): Promise<string> => {
		const row = (await database('company_profile').first('trade_name', 'legal_name')) as { trade_name: string | null; legal_name: string } | undefined;
		return row?.trade_name ?? row?.legal_name ?? 'notre société';
	};
	/** The survey, once the caller may ask; null when the page of refusal is already answered. */
	const asked = async (request: Request, response: Response): Promise<Extract<Asked, { state: 'open' }>['row'] | null> => {
		if (!counter.allow(request.ip ?? '', now())) {
			answer(response.set('Retry-After', '60'), 429, hurriedPage());
			return null;
		}
		const found = await surveyOf(database, request.params['token'] ?? '');
		if (found.state === 'open') return found.row;
		const [status, html] = closed[found.state];
		answer(response, status, html());
		return null;
	};
	router.get(
		'/survey/:token',
		asyncRoute(async (request, response) => {
			const row = await asked(request, response);
			if (row) answer(response, 200, questionPage({ house: await house(), about: aboutText(row) }));
		}),
	);
	router.post(
		'/survey/:token',
		asyncRoute(async (request, response) => {
			const row = await asked(request, response);
			if (!row) return;
			const body = await bodyOf(request);
			const { score, comment } = readAnswer(body ?? '');
			if (score === null) {
				const fault = body === null ? 'Votre commentaire est trop long.' : 'Choisissez une note de 1 à 5.';
				answer(response, 400, questionPage({ house: await house(), about: aboutText(row), comment, fault }));
				return;
			}
			const isFirst = await answerSurvey(context, row, { score, comment });
			answer(response, 200, isFirst ? thanksPage(await house()) : answeredPage());
		}),
	);
};
