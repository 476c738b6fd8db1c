import { z } from 'zod';
import { isEmail } from '../../platform/input/email.ts';

const text = z.string().nullish();

/** Hunter’s answer to `email-finder` (hunter.io/api-documentation/v2); null: it knows nothing. */
export const finderAnswer = z
	.object({
		data: z.object({
			email: text,
			score: z.number().nullish(),
			verification: z.object({ date: text, status: text }).nullish(),
		}),
	})
	.nullable();
export type FinderAnswer = z.output<typeof finderAnswer>;

/** Hunter’s answer to `account`. */
export const accountAnswer = z.object({ data: z.object({ plan_name: text }) });

/** An address worth writing down, and what is said of it, in French. Null: none, or one that must not be used. */
export type FoundEmail = { email: string; detail: string };

const statuses: Readonly<Record<string, string>> = {
	valid: 'vérifiée',
	accept_all: 'domaine qui accepte tout',
	webmail: 'messagerie publique',
	unknown: 'non vérifiée',
};
const least = 80;

/** Takes an address that was verified, or of which the finder is sure enough (80 of 100); never one that it calls invalid or disposable. */
export function emailOf(answer: FinderAnswer): FoundEmail | null {
	const { email, score, verification } = answer?.data ?? {};
	const address = email?.trim().toLowerCase();
	if (!address || !isEmail(address)) return null;
	const status = verification?.status ?? 'unknown';
	if (status === 'invalid' || status === 'disposable') return null;
	if (status !== 'valid' && (score ?? 0) < least) return null;
	const on = verification?.date ? ` le ${verification.date}` : '';
	return { email: address, detail: `adresse ${statuses[status] ?? 'non vérifiée'}${on}, confiance ${score ?? 0} sur 100` };
}
