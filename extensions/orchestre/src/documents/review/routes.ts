import type { Accountability } from '../../platform/directus.ts';
import { notAllowed, notFound, UserError } from '../../platform/errors.ts';
import { isUuid } from '../../platform/input/fields.ts';
import { addRoutes, asyncRoute, type Routes } from '../../platform/routes.ts';
import { refuseUnlessReadable } from '../../platform/access.ts';
import { drawPage } from '../reading/index.ts';
import type { DocumentClass } from '../types.ts';
import { readAsClass } from './as-class.ts';
import { checkAgain } from './check.ts';
import { decideDocument } from './decide.ts';
import { withLocalFile } from './file.ts';
import { readPrecision } from './fit/precision.ts';
import { checkOrderOf, passOnOf, reviewOf } from './input.ts';
import { openDocument, readAllowed, readFileAllowed, type SeenFile } from './open.ts';
import { passOn, recipientsFor } from './pass-on.ts';
import { picture } from './picture.ts';
import { readQueue } from './queue.ts';
import { classes } from './rules/form.ts';
import { wordsOf } from './words.ts';

type Request = { params: Record<string, string | undefined>; query: Record<string, unknown>; body: unknown; accountability: Accountability | null };
type Context = Parameters<Routes>[1];

/** Widths in pixels in which a page is drawn: to read, and to look closely. */
const widths = [1100, 2200];

const idOf = ({ params }: Request): string => {
	if (!isUuid(params['id'])) throw notFound('Ce document n’existe pas.');
	return params['id'] as string;
};

const classOf = ({ query }: Request): DocumentClass => {
	const as = classes.find((one) => one === query['class']);
	if (!as) throw new UserError(`Natures possibles : ${classes.join(', ')}.`);
	return as;
};

/** The file behind a document, for a caller who may see both: what the picture and the words of its pages rest on. `isRefused`: it has no words. */
async function fileOf(context: Context, request: Request): Promise<SeenFile & { isRefused: boolean }> {
	const stored = await readAllowed(context, request.accountability, idOf(request));
	if (!stored.file) throw notFound('Ce document n’a pas de fichier.');
	const file = await readFileAllowed(context, request.accountability as Accountability, stored);
	if (!file) throw notAllowed('Vos droits ne permettent pas de voir le fichier de ce document.');
	return { ...file, isRefused: Boolean(stored.read?.refusal) };
}

async function pageOf(context: Context, request: Request): Promise<{ bytes: Buffer; tag: string }> {
	const page = Number(request.params['page']);
	const width = Number(request.query['width'] ?? widths[0]);
	if (!Number.isInteger(page) || page < 1 || page > 500) throw notFound('Cette page n’existe pas.');
	if (!widths.includes(width)) throw new UserError(`Largeurs possibles : ${widths.join(', ')}.`);
	const file = await fileOf(context, request);
	return picture([file.id, file.version, page, width], async () => {
		// How far a scan had to be turned is known where its words are.
		const turned = file.isRefused ? 0 : ((await wordsOf(context, file)).find(({ number }) => number === page)?.turned ?? 0);
		const drawn = await withLocalFile(context, file.id, (path) => drawPage(path, { page, width, turned }));
		if ('code' in drawn) throw new UserError(drawn.message.fr, { code: 'UNREADABLE', status: 422 });
		return Buffer.from(drawn.picture);
	});
}

/**
 * Below /orchestre/documents, with the caller's own rights on the document and on its file (403 without):
 * GET review: what waits. GET review/precision: how good “sure” was. GET :id/review: one document. GET :id/reading?class=: what it says as a
 * paper of another class. GET :id/words: where its words stand.
 * GET :id/pages/:page?width=: the picture of a page. POST :id/checks: the checks on what was typed. POST :id/review: the decision (409 when
 * it comes second). GET :id/recipients?class=: who else may accept it; POST :id/pass-on: hands it to one of them.
 */
const routes: Routes = (router, context) => {
	router.get(
		'/documents/review',
		asyncRoute(async (request, response) => {
			response.json({ data: await readQueue(context, (request as unknown as Request).accountability) });
		}),
	);
	router.get(
		'/documents/review/precision',
		asyncRoute(async (request, response) => {
			await refuseUnlessReadable(context, (request as unknown as Request).accountability, 'documents', 'Votre rôle ne permet pas de vérifier des documents.');
			response.json({ data: await readPrecision(context.database) });
		}),
	);
	router.get(
		'/documents/:id/review',
		asyncRoute(async (raw, response) => {
			const request = raw as unknown as Request;
			response.json({ data: await openDocument(context, request.accountability, idOf(request)) });
		}),
	);
	router.get(
		'/documents/:id/reading',
		asyncRoute(async (raw, response) => {
			const request = raw as unknown as Request;
			const as = classOf(request);
			const stored = await readAllowed(context, request.accountability, idOf(request));
			response.json({ data: await readAsClass(context, request.accountability as Accountability, stored, as) });
		}),
	);
	router.get(
		'/documents/:id/words',
		asyncRoute(async (request, response) => {
			const file = await fileOf(context, request as unknown as Request);
			response.json({ data: file.isRefused ? [] : await wordsOf(context, file) });
		}),
	);
	router.get(
		'/documents/:id/pages/:page',
		asyncRoute(async (request, response) => {
			const { bytes, tag } = await pageOf(context, request as unknown as Request);
			// Kept by the reader's own browser alone, and asked for again each time: the rights are looked at before “not modified” is said.
			response.setHeader('Cache-Control', 'private, no-cache');
			response.setHeader('Vary', 'Cookie, Authorization');
			response.setHeader('ETag', `"${tag}"`);
			response.setHeader('X-Content-Type-Options', 'nosniff');
			response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
			if (request.fresh) {
				response.status(304).end();
				return;
			}
			response.type('image/webp').send(bytes);
		}),
	);
	router.post(
		'/documents/:id/checks',
		asyncRoute(async (raw, response) => {
			const request = raw as unknown as Request;
			const checks = await checkAgain(context, request.accountability, idOf(request), checkOrderOf(request.body));
			response.json({ data: { checks } });
		}),
	);
	router.get(
		'/documents/:id/recipients',
		asyncRoute(async (raw, response) => {
			const request = raw as unknown as Request;
			response.json({ data: await recipientsFor(context, request.accountability, idOf(request), classOf(request)) });
		}),
	);
	router.post(
		'/documents/:id/pass-on',
		asyncRoute(async (raw, response) => {
			const request = raw as unknown as Request;
			response.json({ data: await passOn(context, request.accountability, idOf(request), passOnOf(request.body)) });
		}),
	);
	router.post(
		'/documents/:id/review',
		asyncRoute(async (raw, response) => {
			const request = raw as unknown as Request;
			const { version, review } = reviewOf(request.body);
			response.json({ data: await decideDocument(context, request.accountability, idOf(request), version, review) });
		}),
	);
};

addRoutes('documents.review', routes);
