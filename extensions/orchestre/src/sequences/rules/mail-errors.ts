/** What an error of the mailer says of the message. Directus's transports: SMTP, sendmail, SES, Mailgun. */
type MailError = {
	code?: unknown;
	command?: unknown;
	responseCode?: unknown;
	syscall?: unknown;
	message?: unknown;
	status?: unknown;
	statusCode?: unknown;
	$metadata?: { httpStatusCode?: unknown };
};

/**
 * `refused`: the recipient's address was turned down for good; `later`: nothing went out, another try may help;
 * `unknown`: the connection ended after it began, so the message may have gone out: only a person can tell.
 * `reason`: French, without the server's words, which may quote addresses.
 */
export type MailOutcome = { outcome: 'refused' | 'later' | 'unknown'; reason: string };

const beforeAnything = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EDNS', 'ETLS', 'ENOENT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOAUTH', 'ECONFIG']);

const statusOf = (error: MailError): number => Number(error.responseCode ?? error.statusCode ?? error.status ?? error.$metadata?.httpStatusCode ?? 0);

export function judgeMailError(raw: unknown): MailOutcome {
	const error = (typeof raw === 'object' && raw !== null ? raw : {}) as MailError;
	const code = String(error.code ?? '');
	const status = statusOf(error);
	const message = String(error.message ?? '');
	if (code === 'EENVELOPE' && status >= 500) return { outcome: 'refused', reason: 'le serveur du destinataire refuse cette adresse' };
	if (code === 'EAUTH') return { outcome: 'later', reason: 'la messagerie refuse notre identifiant ou notre mot de passe' };
	if (status >= 500) return { outcome: 'later', reason: `la messagerie a refusé le message (code ${status})` };
	if (status >= 400) return { outcome: 'later', reason: `la messagerie demande de réessayer plus tard (code ${status})` };
	if (beforeAnything.has(code) || error.syscall === 'connect' || /Connection timeout|Greeting never received|Sendmail exited/i.test(message))
		return { outcome: 'later', reason: 'la messagerie ne répond pas' };
	return { outcome: 'unknown', reason: 'la connexion à la messagerie a été coupée pendant l’envoi' };
}
