import { isDirectusError } from '@directus/errors';
import { describe, expect, it } from 'vitest';
import { conflict, fieldError, isRetryable, kindOf, OperationalError, refuseFaults, sentenceFor, UnexpectedError, UserError } from './errors.ts';

const thrownBy = (work: () => void): unknown => {
	try {
		work();
	} catch (error) {
		return error;
	}
	return undefined;
};

describe('kinds', () => {
	it.each([
		['user', new UserError('Non.'), false],
		['operational', new OperationalError('Plus tard.'), true],
		['operational', new OperationalError('Jamais.', { retryable: false }), false],
		['unexpected', new UnexpectedError('bug'), true],
		['unexpected', new TypeError('bug'), true],
		['unexpected', 'text', true],
		['unexpected', undefined, true],
	])('%s: %s', (kind, error, retryable) => {
		expect(kindOf(error)).toBe(kind);
		expect(isRetryable(error)).toBe(retryable);
	});

	it('are told apart across module instances, where instanceof fails', () => expect(kindOf({ kind: 'user', message: 'Non.' })).toBe('user'));
});

describe('for people', () => {
	it('a user’s or operational error says its sentence, an unexpected one only a reference', () => {
		expect(sentenceFor(new OperationalError('Le service ne répond pas.'), 'ab12')).toBe('Le service ne répond pas.');
		expect(sentenceFor(new Error('jean@example.com'), 'ab12')).toBe('Erreur inattendue (référence ab12) : le détail est dans le journal du serveur.');
	});

	it('several field errors are said together', () => {
		const error = thrownBy(() =>
			refuseFaults([
				{ field: 'email', message: 'Adresse incorrecte.' },
				{ field: 'siren', message: 'SIREN incorrect.' },
			]),
		);
		expect(kindOf(error)).toBe('user');
		expect(sentenceFor(error, '')).toBe('Adresse incorrecte. SIREN incorrect.');
	});

	it('no fault, no error', () => expect(thrownBy(() => refuseFaults([]))).toBeUndefined());
});

describe('for Directus', () => {
	it('a user’s error is answered with its own status and code', () => {
		const error = conflict('Déjà fait.');
		expect(isDirectusError(error)).toBe(true);
		expect(error).toMatchObject({ status: 409, code: 'CONFLICT' });
	});

	it('a fault on a field has the shape that the form shows under the field', () => {
		expect(fieldError({ field: 'siren', message: 'SIREN incorrect.' })).toMatchObject({
			message: 'SIREN incorrect.',
			code: 'FAILED_VALIDATION',
			status: 400,
			extensions: { field: 'siren', path: [], validation_message: 'SIREN incorrect.' },
		});
	});

	it('an unexpected error stays a bare 500', () => expect(isDirectusError(new UnexpectedError('bug'))).toBe(false));
});
