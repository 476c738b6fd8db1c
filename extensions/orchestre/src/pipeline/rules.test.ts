import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { computedFields } from './fields.ts';
import { missingFor, missingSentence, requirableFields, settleDeal, type Circumstances, type Deal, type Stage } from './rules.ts';

const open: Stage = { id: 'proposal', name: 'Proposition', probability: 5500, closed: false, requiredFields: [] };
const won: Stage = { ...open, id: 'won', name: 'Gagnée', probability: 10_000, closed: true };
const lost: Stage = { ...open, id: 'lost', name: 'Perdue', probability: 0, closed: true };
const [before, now] = [new Date('2026-03-01T09:00:00Z'), new Date('2026-03-12T09:00:00Z')];

type DealOver = Partial<Omit<Deal, 'settled'>> & { settled?: Partial<Deal['settled']> };

/** A deal that stands in `open` since `before`. */
const deal = ({ settled, ...over }: DealOver = {}): Deal => ({
	id: 'd', stage: 'proposal', owner: 'marie', amount_cents: 1_000_000, close_date: '2026-04-30', next_step: null, next_step_at: null, competitor: null, lost_reason: null, ...over,
	settled: { team: 'nord', probability: 5500, probability_source: 'stage', close_date_pushes: 0, stage_since: before, closed_at: null, treated_stage: 'proposal', treated_close_date: '2026-04-30', ...settled },
}); // prettier-ignore
const around = (over: Partial<Circumstances> = {}): Circumstances => ({ created: false, set: {}, ownersTeam: null, now, ...over });
const fresh = { team: null, probability: null, probability_source: null, stage_since: null, treated_stage: null, treated_close_date: null };

describe('a stage', () => {
	it('is entered at the moment of the move, and not again by other changes', () => {
		expect(settleDeal(deal({ settled: { treated_stage: 'qualification' } }), open, around()).stage_since).toEqual(now);
		expect(settleDeal(deal({ amount_cents: 5 }), open, around()).stage_since).toEqual(before);
	});
	it('that is won or lost closes the deal, and an open one opens it again', () => {
		const closed = settleDeal(deal({ stage: 'won' }), won, around());
		expect(closed).toMatchObject({ closed_at: now, probability: 10_000, treated_stage: 'won' });
		expect(settleDeal(deal({ stage: 'won', settled: closed }), won, around({ now: new Date('2026-05-01') })).closed_at).toEqual(now);
		expect(settleDeal(deal({ settled: closed }), open, around()).closed_at).toBeNull();
		expect(settleDeal(deal({ stage: 'lost', settled: closed }), lost, around({ now: new Date('2026-05-01') }))).toMatchObject({
			closed_at: new Date('2026-05-01'),
			probability: 0,
		});
	});
});

describe('the probability', () => {
	it('is the stage’s when the deal enters it and the caller gave none', () => {
		expect(settleDeal(deal({ settled: fresh }), open, around({ created: true }))).toMatchObject({ probability: 5500, probability_source: 'stage' });
		expect(settleDeal(deal({ settled: { treated_stage: 'discovery', probability: 2500, probability_source: 'person' } }), open, around())).toMatchObject({
			probability: 5500,
			probability_source: 'stage',
		});
	});
	it('is the caller’s while the deal is open, also in the write that moves it', () => {
		const given = deal({ settled: { treated_stage: 'discovery', probability: 9000 } });
		expect(settleDeal(given, open, around({ set: { probability: 9000 } }))).toMatchObject({ probability: 9000, probability_source: 'person' });
	});
	it('stays as somebody entered it when other fields change', () => {
		expect(settleDeal(deal({ settled: { probability: 9000, probability_source: 'person' } }), open, around({ set: { amount_cents: 1 } }))).toMatchObject({
			probability: 9000,
			probability_source: 'person',
		});
	});
	it('goes back to the stage’s when it is emptied', () => {
		expect(settleDeal(deal({ settled: { probability: null, probability_source: 'person' } }), open, around({ set: { probability: null } }))).toMatchObject({
			probability: 5500,
			probability_source: 'stage',
		});
	});
	it('of a closed deal is certain, whatever was sent', () =>
		expect(settleDeal(deal({ stage: 'won', settled: { probability: 300 } }), won, around({ set: { probability: 300 } })).probability).toBe(10_000));
});

describe('a close date', () => {
	const pushes = (close_date: string | null, known: string | null): number =>
		settleDeal(deal({ close_date, settled: { treated_close_date: known, close_date_pushes: 1 } }), open, around()).close_date_pushes;
	it('counts when it moves later, and only then', () => {
		expect(pushes('2026-05-01', '2026-04-30')).toBe(2);
		expect(pushes('2026-04-30', '2026-04-30')).toBe(1);
		expect(pushes('2026-04-01', '2026-04-30')).toBe(1);
		expect(pushes('2026-04-30', null)).toBe(1);
	});
	it('that is taken away and comes back later was pushed', () => {
		const without = settleDeal(deal({ close_date: null }), open, around());
		expect(without).toMatchObject({ close_date_pushes: 0, treated_close_date: '2026-04-30' });
		expect(settleDeal(deal({ close_date: '2026-06-30', settled: without }), open, around()).close_date_pushes).toBe(1);
	});
});

describe('the team', () => {
	it('follows a new owner, unless the caller chose one', () => {
		expect(settleDeal(deal(), open, around({ set: { owner: 'ali' }, ownersTeam: 'sud' })).team).toBe('sud');
		expect(settleDeal(deal({ settled: { team: 'est' } }), open, around({ set: { owner: 'ali', team: 'est' }, ownersTeam: 'sud' })).team).toBe('est');
	});
	it('stays when the owner has none, or is not the news', () => {
		expect(settleDeal(deal(), open, around({ set: { owner: 'ali' } })).team).toBe('nord');
		expect(settleDeal(deal(), open, around({ set: { amount_cents: 1 }, ownersTeam: 'sud' })).team).toBe('nord');
	});
	it('is filled in where it is missing', () => expect(settleDeal(deal({ settled: { team: null } }), open, around({ ownersTeam: 'sud' })).team).toBe('sud'));
});

describe('required fields', () => {
	const asking: Stage = { ...open, requiredFields: ['amount_cents', 'close_date', 'next_step', 'contacts', 'unknown'] };
	it('are missing when empty or blank; zero is a value', () => {
		expect(missingFor(deal({ amount_cents: null, next_step: '  ' }), asking, { contacts: 0, lines: 0 })).toEqual(['amount_cents', 'next_step', 'contacts']);
		expect(missingFor(deal({ amount_cents: 0, next_step: 'Appeler' }), asking, { contacts: 1, lines: 0 })).toEqual([]);
	});
	it('are asked for in one sentence', () => {
		expect(missingSentence(open, ['amount_cents', 'close_date', 'next_step'])).toBe(
			'Pour passer à l’étape « Proposition », renseignez le montant, la date de signature prévue et la prochaine étape.',
		);
		expect(missingSentence(lost, ['lost_reason'])).toBe('Pour passer à l’étape « Perdue », renseignez le motif de perte.');
	});
	it('all fit into the 200 characters that the app shows of an error', () => {
		const worst = missingSentence({ ...open, name: 'x'.repeat(255) }, Object.keys(requirableFields).slice(0, 4) as (keyof typeof requirableFields)[]);
		expect(worst.length).toBeLessThan(200);
	});
});

type Field = { field: string; readonly?: boolean; kind: string; choices?: { value: string }[] };
const fieldsOf = (file: string): Field[] =>
	(parse(readFileSync(new URL(`../../../../schema-snapshots/${file}.yaml`, import.meta.url), 'utf8')) as { fields: Field[] }).fields;

describe('the schema', () => {
	it('offers exactly the fields that a stage can require', () =>
		expect(
			fieldsOf('stages')
				.find(({ field }) => field === 'required_fields')
				?.choices?.map(({ value }) => value),
		).toEqual(Object.keys(requirableFields)));
	it('calls read-only exactly what is refused from outside', () =>
		expect(
			fieldsOf('opportunities')
				.filter(({ readonly, kind }) => readonly && kind !== 'many')
				.map(({ field }) => field)
				.toSorted(),
		).toEqual([...computedFields].toSorted()));
});
