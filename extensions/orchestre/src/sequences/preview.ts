import { z } from 'zod';
import type { Accountability, Host } from '../platform/directus.ts';
import { notAllowed, UserError } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';
import { readRecipient } from './recipient.ts';
import { mayEmail } from './rules/consent.ts';
import type { Preview } from './rules/panel.ts';
import { renderMessage, withFooter } from './rules/render.ts';
import { templateFaults } from './rules/template-faults.ts';
import { variables } from './rules/variables.ts';

const requestSchema = z.object({
	channel: z.string().nullish(),
	subject: z.string().nullish(),
	body: z.string().nullish(),
	consent: z.enum(['none', 'not_refused', 'given']).nullish(),
	lead: z.string().refine(isUuid),
});

/** A template as it would reach one real lead, unsaved changes included. The caller must be able to read templates and this lead. */
export async function previewTemplate(host: Host, accountability: Accountability | null, body: unknown): Promise<Preview> {
	if (!accountability?.user) throw notAllowed('Connectez-vous pour lire un aperçu.');
	const request = requestSchema.safeParse(body);
	if (!request.success) throw new UserError('Choisissez un lead pour l’aperçu.');
	const { channel, subject, body: text, consent, lead } = request.data;
	const schema = await host.getSchema();
	try {
		await new host.services.ItemsService('message_templates', { schema, knex: host.database, accountability }).readByQuery({ limit: 1, fields: ['id'] });
		await new host.services.ItemsService('leads', { schema, knex: host.database, accountability }).readOne(lead, { fields: ['id', 'last_name', 'email'] });
	} catch {
		throw notAllowed('Vos droits ne permettent pas de lire ce lead ou les modèles.');
	}
	const recipient = await readRecipient(host.database, { lead, person: null, opportunity: null }, null);
	const message = renderMessage({ subject: subject ?? null, body: text ?? '' }, recipient.values);
	const answer = channel === 'email' ? mayEmail(recipient.reachable, consent ?? 'not_refused') : null;
	const faults = [...new Set([...templateFaults(subject ?? ''), ...templateFaults(text ?? ''), ...message.faults])];
	const shown =
		channel === 'email' ? withFooter(message, recipient.sender.name ? `${recipient.sender.name}, ${recipient.house}` : recipient.house, '#') : message;
	return {
		name: recipient.name,
		subject: message.subject,
		text: shown.text,
		html: shown.html,
		missing: message.missing.map((path) => variables[path]),
		faults,
		consent: answer && !answer.allowed ? answer.reason : null,
	};
}
