import type { JsonObject } from './directus.ts';

/**
 * Three kinds, told apart by `kind` (instanceof fails across module instances):
 * - user: the caller can put it right; French sentence, 4xx;
 * - operational: the world is not as needed (service down, row locked); French sentence, may be retried;
 * - unexpected: our mistake; people see a reference, the log has the stack.
 */
export type ErrorKind = 'user' | 'operational' | 'unexpected';

/** Directus answers errors of this name with their own status, code and extensions; all others become a bare 500. */
const directusName = 'DirectusError';

export class UserError extends Error {
	override name = directusName;
	readonly kind: ErrorKind = 'user';
	readonly code: string;
	readonly status: number;
	readonly extensions: JsonObject;

	/** `message` is a French sentence. Codes that the admin app translates (FORBIDDEN …) would hide it there: use our own. */
	constructor(message: string, { code = 'REFUSED', status = 400, extensions = {} }: { code?: string; status?: number; extensions?: JsonObject } = {}) {
		super(message);
		this.code = code;
		this.status = status;
		this.extensions = extensions;
	}
}

export class OperationalError extends Error {
	override name = directusName;
	readonly kind: ErrorKind = 'operational';
	readonly code = 'UNAVAILABLE';
	readonly status = 503;
	readonly extensions: JsonObject = {};
	readonly retryable: boolean;
	/** Earliest next attempt in ms, when the other side said so (Retry-After). */
	readonly retryAfterMs: number | undefined;

	/** `message` is a French sentence without personal data: it is kept on the job. */
	constructor(message: string, { retryable = true, retryAfterMs, cause }: { retryable?: boolean; retryAfterMs?: number; cause?: unknown } = {}) {
		super(message, { cause });
		this.retryable = retryable;
		this.retryAfterMs = retryAfterMs;
	}
}

/** A state that the code rules out. `message` is English, for the log. */
export class UnexpectedError extends Error {
	override name = 'UnexpectedError';
	readonly kind: ErrorKind = 'unexpected';
}

export type FieldFault = { field: string; message: string; collection?: string };

/**
 * A fault on a field, in the shape of Directus's own validation errors: REST shows `message`, the form shows
 * `validation_message` under the field's name.
 */
export const fieldError = ({ field, message, collection }: FieldFault): UserError =>
	new UserError(message, {
		code: 'FAILED_VALIDATION',
		// The field itself shows the app's words for the type, the banner above the form shows ours.
		extensions: { field, path: [], type: 'regex', validation_message: message, ...(collection && { collection }) },
	});

/** Throws all faults at once (Directus answers an array of errors), or returns when there are none. */
export function refuseFaults(faults: readonly FieldFault[]): void {
	if (faults.length > 0) throw faults.map(fieldError);
}

export const notFound = (message: string): UserError => new UserError(message, { code: 'NOT_FOUND', status: 404 });
export const notAllowed = (message: string): UserError => new UserError(message, { code: 'NOT_ALLOWED', status: 403 });
export const conflict = (message: string): UserError => new UserError(message, { code: 'CONFLICT', status: 409 });

/** Kind of anything thrown, an array of field errors included; what is not ours is unexpected. */
export function kindOf(error: unknown): ErrorKind {
	const first: unknown = Array.isArray(error) ? error[0] : error;
	const kind = typeof first === 'object' && first !== null && 'kind' in first ? first.kind : undefined;
	return kind === 'user' || kind === 'operational' ? kind : 'unexpected';
}

/** Trying again helps against unexpected and operational faults, never against the user's. */
export function isRetryable(error: unknown): boolean {
	if (kindOf(error) === 'operational') return (error as OperationalError).retryable;
	return kindOf(error) === 'unexpected';
}

/** The French sentence that people may read; `reference` leads to the log entry of what nobody foresaw. */
export function sentenceFor(error: unknown, reference: string): string {
	if (kindOf(error) === 'unexpected') return `Erreur inattendue (référence ${reference}) : le détail est dans le journal du serveur.`;
	return (Array.isArray(error) ? error : [error]).map((one: unknown) => (one as Error).message).join(' ');
}
