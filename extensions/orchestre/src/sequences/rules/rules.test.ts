import { describe, expect, it } from 'vitest';
import { dueAfter, endOfDay, nextDay, nextMoment, parisDay } from './cadence.ts';
import { byRank } from './choose.ts';
import { mayCall, mayEmail, strictest } from './consent.ts';
import { readLink, signLink } from './link.ts';
import { stopReason, type StopFacts } from './stop.ts';
import type { Cadence, Reachable } from './types.ts';

const professional: Reachable = { email: 'ana@roux.example', phone: '+33123456789', emailConsent: 'unknown', phoneConsent: 'unknown', isConsumer: false };
const consumer: Reachable = { ...professional, isConsumer: true };

describe('consent', () => {
	it('lets a professional be written to until they object', () => {
		expect(mayEmail(professional)).toEqual({ allowed: true });
		expect(mayEmail({ ...professional, emailConsent: 'refused' })).toMatchObject({ allowed: false, because: 'refused' });
	});
	it('asks a template’s own demand', () => {
		expect(mayEmail(professional, 'given')).toMatchObject({ allowed: false, because: 'no_consent', reason: 'ce modèle demande un accord recueilli' });
		expect(mayEmail({ ...professional, emailConsent: 'given' }, 'given')).toEqual({ allowed: true });
		expect(mayEmail({ ...professional, emailConsent: 'refused' }, 'none')).toMatchObject({ allowed: false });
	});
	it('writes to and calls a private person only with consent', () => {
		expect(mayEmail(consumer)).toMatchObject({ allowed: false, because: 'no_consent' });
		expect(mayCall(consumer)).toMatchObject({ allowed: false, because: 'no_consent' });
		expect(mayEmail({ ...consumer, emailConsent: 'given' })).toEqual({ allowed: true });
		expect(mayCall({ ...consumer, phoneConsent: 'given' })).toEqual({ allowed: true });
	});
	it('needs an address or a number first', () => {
		expect(mayEmail({ ...professional, email: null })).toMatchObject({ because: 'no_address' });
		expect(mayCall({ ...professional, phone: null })).toMatchObject({ because: 'no_address' });
	});
	it('lets an objection anywhere outweigh an agreement elsewhere', () => {
		expect(strictest(['given', null, 'refused'])).toBe('refused');
		expect(strictest([undefined, 'given', 'unknown'])).toBe('given');
		expect(strictest([])).toBe('unknown');
	});
});

const office: Cadence = { send_from: '09:00:00', send_until: '18:00:00', working_days_only: true, alsace_moselle: false };
const always: Cadence = { ...office, working_days_only: false };
const at = (iso: string): Date => new Date(iso);

describe('the cadence', () => {
	it('counts working days in Paris time, over week-ends and public holidays', () => {
		// Thursday 30 April 2026, 10:00 in Paris; Friday is 1 May.
		expect(dueAfter(at('2026-04-30T08:00:00Z'), 1, office)).toEqual(at('2026-05-04T08:00:00Z'));
		expect(dueAfter(at('2026-04-30T08:00:00Z'), 1, always)).toEqual(at('2026-05-01T08:00:00Z'));
	});
	it('keeps quiet hours, in winter and in summer time', () => {
		expect(nextMoment(at('2026-01-05T18:30:00Z'), office)).toEqual(at('2026-01-06T08:00:00Z'));
		expect(nextMoment(at('2026-07-06T16:30:00Z'), always)).toEqual(at('2026-07-07T07:00:00Z'));
		expect(nextMoment(at('2026-01-05T10:00:00Z'), office)).toEqual(at('2026-01-05T10:00:00Z'));
		expect(nextMoment(at('2026-01-10T10:00:00Z'), always)).toEqual(at('2026-01-10T10:00:00Z'));
	});
	it('makes an immediate step wait for the opening, and survives a delay that makes no sense', () => {
		expect(dueAfter(at('2026-01-10T10:00:00Z'), 0, office)).toEqual(at('2026-01-12T08:00:00Z'));
		expect(dueAfter(at('2026-01-05T10:00:00Z'), Number.NaN, office)).toEqual(at('2026-01-05T10:00:00Z'));
	});
	it('moves what exceeds the day’s limit to the next opening, and bounds the day in Paris', () => {
		expect(nextDay(at('2026-01-09T10:00:00Z'), office)).toEqual(at('2026-01-12T08:00:00Z'));
		expect(nextDay(at('2026-01-09T10:00:00Z'), always)).toEqual(at('2026-01-10T08:00:00Z'));
		expect(parisDay(at('2026-01-08T23:30:00Z'))).toEqual({ from: at('2026-01-08T23:00:00Z'), until: at('2026-01-09T23:00:00Z') });
		expect(endOfDay(at('2026-01-09T10:00:00Z'), office)).toEqual(at('2026-01-09T17:00:00Z'));
	});
});

const nothing: StopFacts = { gone: false, refused: false, converted: false, replied: false, meeting: false, lost: false };
const all = ['reply', 'meeting', 'conversion', 'opt_out', 'lost', 'bounce'];

describe('a stop', () => {
	it('goes on while nothing happened', () => expect(stopReason(nothing, all)).toBeNull());
	it.each([
		['replied', 'replied'],
		['meeting', 'meeting'],
		['converted', 'converted'],
		['lost', 'lost'],
		['gone', 'gone'],
		['refused', 'opted_out'],
	] as const)('follows from %s', (fact, reason) => expect(stopReason({ ...nothing, [fact]: true }, all)).toBe(reason));
	it('leaves to the sequence what it stops on, but for an objection and a person who is gone', () => {
		expect(stopReason({ ...nothing, replied: true, meeting: true, converted: true, lost: true }, [])).toBeNull();
		expect(stopReason({ ...nothing, refused: true }, [])).toBe('opted_out');
		expect(stopReason({ ...nothing, gone: true }, [])).toBe('gone');
	});
	it('names the objection before anything else that happened', () => {
		expect(stopReason({ ...nothing, refused: true, replied: true, converted: true }, all)).toBe('opted_out');
	});
});

it('puts the lowest rank first, then names, whatever the order of the rows', () => {
	const rows = [
		{ id: '3', name: 'Émilie', priority: 20 },
		{ id: '2', name: 'Zoé', priority: 10 },
		{ id: '1', name: 'Éric', priority: 20 },
	];
	const wanted = ['2', '3', '1'];
	expect(byRank(rows).map(({ id }) => id)).toEqual(wanted);
	expect(byRank(rows.toReversed()).map(({ id }) => id)).toEqual(wanted);
});

describe('an opt-out link', () => {
	const whom = { collection: 'leads', id: '12345678-1234-4123-8123-123456789abc' } as const;
	const token = signLink(whom, 'secret');
	it('names whom it is about and is safe in an address', () => {
		expect(readLink(token, 'secret')).toEqual(whom);
		expect(readLink(signLink({ ...whom, collection: 'people' }, 'secret'), 'secret')).toEqual({ ...whom, collection: 'people' });
		expect(token).toMatch(/^[\w.-]+$/);
	});
	it('is worth nothing with any character changed, another secret, or another person', () => {
		for (let index = 0; index < token.length; index++) {
			const other = token[index] === 'a' ? 'b' : 'a';
			expect(readLink(token.slice(0, index) + other + token.slice(index + 1), 'secret')).toBeNull();
		}
		expect(readLink(token, 'other')).toBeNull();
		expect(readLink('', 'secret')).toBeNull();
		expect(readLink(`${token}x`, 'secret')).toBeNull();
	});
});
