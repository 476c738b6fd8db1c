import type { Told } from '../../platform/connector/index.ts';

/** Why Slack said no to one request, in its own word; null when the error is no such answer. `''`: an answer without a reason. */
export function codeOf(error: unknown): string | null {
	const { code, data } = (error ?? {}) as { code?: unknown; data?: { error?: unknown } };
	if (code !== 'slack_webapi_platform_error') return null;
	return typeof data?.error === 'string' ? data.error : '';
}

const refused = new Set([
	'not_authed',
	'invalid_auth',
	'account_inactive',
	'token_revoked',
	'token_expired',
	'no_permission',
	'not_allowed_token_type',
	'org_login_required',
	'ekm_access_denied',
	'access_denied',
]);
const down = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org']);
const isWord = (code: string): boolean => /^[a-z][a-z0-9_]{2,60}$/.test(code);

type PlatformError = { data?: { needed?: unknown; response_metadata?: { retryAfter?: unknown } } };

/**
 * What an error of Slack's SDK says of the service or of our access; undefined: nothing, or the status says it. Slack answers 200 with
 * `ok: false` and a word; the SDK makes such an answer of everything that is no JSON, too.
 */
export function faultIn(error: unknown): Told | undefined {
	// The SDK breaks on an answer that is JSON and no object.
	if (error instanceof TypeError) return { fault: 'garbage' };
	const code = codeOf(error);
	if (code === null) return undefined;
	if (!isWord(code)) return { fault: 'garbage' };
	const { needed, response_metadata: more } = (error as PlatformError).data ?? {};
	if (code === 'missing_scope')
		return { fault: 'refused', reason: `Il manque un droit à l’application Slack${typeof needed === 'string' && needed ? ` : ${needed}` : ''}.` };
	if (refused.has(code)) return { fault: 'refused', reason: `Slack refuse le jeton d’accès (${code}).` };
	if (code === 'ratelimited' || code === 'rate_limited')
		return { fault: 'limited', ...(typeof more?.retryAfter === 'number' && { retryAfterMs: more.retryAfter * 1000 }) };
	return down.has(code) ? { fault: 'down', reason: `Erreur de Slack (${code}).` } : undefined;
}

const sentences: Readonly<Record<string, string>> = {
	channel_not_found: 'Slack ne connaît pas ce canal, ou l’application n’y a pas accès.',
	not_in_channel: 'L’application Slack n’est pas membre de ce canal : invitez-la dans le canal.',
	is_archived: 'Ce canal Slack est archivé.',
	user_not_found: 'Slack ne connaît pas cette personne : vérifiez son identifiant Slack sur sa fiche.',
	users_not_found: 'Aucun compte Slack ne correspond à l’adresse e-mail de cette personne.',
	user_disabled: 'Le compte Slack de cette personne est désactivé.',
	restricted_action: 'L’espace Slack n’autorise pas l’application à faire cela.',
	name_taken: 'Slack a déjà un canal de ce nom, que l’application ne voit pas (privé ou archivé).',
	msg_too_long: 'Le message est trop long pour Slack.',
};

/** The sentence for a request that Slack refuses for what it asks. */
export const refusalSentence = (code: string): string => sentences[code] ?? `Slack refuse la demande (${code}).`;
