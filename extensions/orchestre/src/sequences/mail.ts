import type { Host } from '../platform/directus.ts';
import { sharedState } from '../platform/shared-state.ts';
import { signLink, type Linked } from './rules/link.ts';
import { withFooter, type Rendered } from './rules/render.ts';

type MailEnv = { transport: string; from: string; publicUrl: string; secret: string };

const state = sharedState('sequences.mail', () => ({
	env: { transport: '', from: '', publicUrl: '', secret: '' } as MailEnv,
	service: null as MailService | null,
}));

type MailService = { send: (options: Record<string, unknown>) => Promise<unknown> };

/** Takes what Directus knows of mail and links; called once at boot. */
export function useMailEnv(env: Record<string, unknown>): void {
	const text = (name: string): string => String(env[name] ?? '').trim();
	state.env = {
		transport: text('EMAIL_TRANSPORT').toLowerCase(),
		from: text('EMAIL_FROM'),
		publicUrl: text('PUBLIC_URL').replace(/\/+$/, ''),
		secret: text('ORCHESTRE_LINK_SECRET') || text('SECRET'),
	};
}

/** Directus's own preset: nobody said where mail comes from. */
const presetFrom = 'no-reply@example.com';

/** Why no message can go out, in French; null when mail is set up. */
export function whyNoMail(): string | null {
	const { from, transport } = state.env;
	if (transport === '' || (transport === 'sendmail' && (from === '' || from === presetFrom)))
		return 'La messagerie n’est pas configurée (EMAIL_TRANSPORT et EMAIL_FROM dans .env) : les e-mails attendent.';
	return null;
}

export const linkSecret = (): string => state.env.secret;
export const optOutLink = (linked: Linked): string => `${state.env.publicUrl}/orchestre/unsubscribe/${signLink(linked, state.env.secret)}`;

/** An address of our own server, as a message names it. */
export const publicLink = (path: string): string => `${state.env.publicUrl}${path}`;

/** A Message-ID that follows from what the message is: the same in every attempt, so that a mail server that got it already can tell. */
export function mailId(...parts: readonly string[]): string {
	const domain = state.env.from.split('@')[1]?.replaceAll(/[^a-z0-9.-]/gi, '') || 'orchestre.local';
	return `<${parts.join('.')}@${domain}>`;
}

export const messageId = (run: string, step: string): string => mailId('sequence', run, step);

/** A message that belongs to a contract, or to one's own work: nobody opts out of it. */
export type ServiceLetter = {
	to: { name: string; address: string };
	sender: { name: string | null; email: string | null };
	house: string;
	messageId: string;
	message: Pick<Rendered, 'subject' | 'text' | 'html'>;
	attachments?: readonly { filename: string; content: Buffer; contentType: string }[];
};
export type Letter = ServiceLetter & { linked: Linked };

/** One service for all: each new one would call the mail server once more to try its set-up. */
async function serviceOf(host: Host): Promise<MailService> {
	state.service ??= new host.services.MailService({ schema: await host.getSchema(), knex: host.database }) as unknown as MailService;
	return state.service;
}

/** What both kinds of messages have in common, as Directus's mailer takes it. */
function envelope({ to, sender, house, messageId: id, message }: ServiceLetter): Record<string, unknown> {
	const name = sender.name ? `${sender.name} (${house})` : house;
	return {
		to,
		from: { name, address: state.env.from },
		...(sender.email && { replyTo: { name, address: sender.email } }),
		subject: message.subject,
		messageId: id,
	};
}

/**
 * Hands one message to Directus's mailer. Rejects with the mailer's own error (rules/mail-errors.ts says what it means). The way
 * out stands in the text and in the headers of RFC 2369 and RFC 8058.
 */
export async function sendLetter(host: Host, letter: Letter): Promise<void> {
	const { sender, house, linked, message } = letter;
	const link = optOutLink(linked);
	const service = await serviceOf(host);
	await service.send({
		...envelope(letter),
		...withFooter(message, sender.name ? `${sender.name}, ${house}` : house, link),
		headers: { 'List-Unsubscribe': { prepared: true, value: `<${link}>` }, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
	});
}

/** Hands a message that nobody opts out of to Directus's mailer, as it is. Rejects as `sendLetter` does. */
export async function sendService(host: Host, letter: ServiceLetter): Promise<void> {
	const service = await serviceOf(host);
	await service.send({
		...envelope(letter),
		text: letter.message.text,
		html: letter.message.html,
		...(letter.attachments && { attachments: letter.attachments }),
	});
}
