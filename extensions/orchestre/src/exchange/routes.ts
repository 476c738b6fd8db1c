import type { Accountability } from '../platform/directus.ts';
import { notAllowed, notFound } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';
import { addRoutes, asyncRoute, type Routes } from '../platform/routes.ts';
import { command, type Command } from './control.ts';
import { readPerson } from './person.ts';
import { planOf } from './plan-of.ts';
import { isTarget } from './rules/types.ts';
import { templateOf } from './template.ts';

const commands: readonly Command[] = ['start', 'cancel', 'undo'];

/**
 * POST /orchestre/imports/:id/{start,cancel,undo} → 204; 403 without the right to change the import, 409 when it makes no sense now.
 * GET /orchestre/imports/template/:target → an empty CSV file with the columns that this person can fill.
 */
const routes: Routes = (router, context) => {
	for (const name of commands) {
		router.post(
			`/imports/:id/${name}`,
			asyncRoute(async (request, response) => {
				const id = String(request.params['id']);
				if (!isUuid(id)) throw notFound('Cet import n’existe pas.');
				const { accountability } = request as unknown as { accountability: Accountability | null };
				await command(context, accountability, id, name);
				response.status(204).end();
			}),
		);
	}
	router.get(
		'/imports/template/:target',
		asyncRoute(async (request, response) => {
			const { accountability } = request as unknown as { accountability: Accountability | null };
			if (!accountability?.user) throw notAllowed('Connectez-vous pour télécharger un modèle.');
			const { target } = request.params;
			if (!isTarget(target)) throw notFound('Il n’y a pas de modèle pour cette collection.');
			const plan = await planOf(context, target, await readPerson(context.database, accountability.user));
			response.setHeader('Content-Type', 'text/csv; charset=utf-8');
			response.setHeader('Content-Disposition', `attachment; filename="modele-${target}.csv"`);
			response.send(templateOf(plan));
		}),
	);
};

addRoutes('exchange', routes);
