import type { Knex } from '../../platform/directus.ts';
import { UserError } from '../../platform/errors.ts';
import { listed } from '../../platform/text.ts';
import type { ServiceLetter } from '../../sequences/mail.ts';
import { readRecipient, type Recipient } from '../../sequences/recipient.ts';
import { renderMessage } from '../../sequences/rules/render.ts';
import { variables, type Values } from '../../sequences/rules/variables.ts';

type TemplateRow = { name: string; subject: string | null; body: string; status: string };

export type Prepared = { letter: ServiceLetter; recipient: Recipient };

/**
 * A message of the client relation from its template (`message_templates.key`), for one person. What the template asks for and nobody
 * knows is refused with its name, as a letter with gaps must not go out.
 */
export async function prepareLetter(
	trx: Knex,
	{
		template: key,
		person,
		opportunity,
		sender,
		more,
		messageId,
	}: { template: string; person: string; opportunity: string | null; sender: string | null; more: Values; messageId: string },
): Promise<Prepared> {
	const template = (await trx('message_templates').where({ key, channel: 'email' }).first('name', 'subject', 'body', 'status')) as TemplateRow | undefined;
	if (!template || template.status !== 'active')
		throw new UserError(`Le modèle de message « ${template?.name ?? key} » n’est pas en service : activez-le, puis relancez.`);
	const recipient = await readRecipient(trx, { lead: null, person, opportunity }, sender);
	const message = renderMessage(template, { ...recipient.values, ...more });
	if (message.faults.length > 0) throw new UserError(`Le modèle « ${template.name} » a un défaut : ${message.faults.join(' ')}`);
	if (message.missing.length > 0)
		throw new UserError(`Il manque, pour le message « ${template.name} » : ${listed(message.missing.map((path) => variables[path]))}.`);
	const letter = {
		to: { name: recipient.name, address: recipient.reachable.email ?? '' },
		sender: recipient.sender,
		house: recipient.house,
		messageId,
		message,
	};
	return { letter, recipient };
}
