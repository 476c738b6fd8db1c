import { describe, expect, it } from 'vitest';
import { workingCalendar, workingMinutesBetween } from '../../extensions/orchestre/src/platform/time/working-time.ts';
import { day } from './calendar.ts';
import type { Row } from './rows.ts';
import { auc, mean, shippedRules } from './test-demo.ts';
import { buildDemo } from './world.ts';

/** What README.md promises can be found in the rows, without looking behind the scenes. */
const demo = buildDemo('2026-11-22', shippedRules);
const rowsOf = (collection: string): Row[] => demo.tables.get(collection) ?? [];
const time = (value: unknown): number => Date.parse(String(value));
function groupBy(rows: readonly Row[], field: string): Map<unknown, Row[]> {
	const groups = new Map<unknown, Row[]>();
	for (const row of rows) groups.set(row[field], [...(groups.get(row[field]) ?? []), row]);
	return groups;
}

describe('leads', () => {
	const closed = rowsOf('leads').filter(({ status, duplicate_of }) => (status === 'converted' || status === 'lost') && !duplicate_of);
	const won = ({ status }: Row): boolean => status === 'converted';
	const rate = (rows: readonly Row[]): number => mean(rows.map((row) => Number(won(row))));
	const firstPoints = new Map(
		rowsOf('lead_scores')
			.filter(({ cause }) => cause === 'created')
			.map(({ lead, points }) => [lead, Number(points)]),
	);

	it('convert in about a fifth of the cases', () => {
		expect(rate(closed)).toBeGreaterThan(0.12);
		expect(rate(closed)).toBeLessThan(0.25);
	});
	it('have an honest ceiling: all that was planted together ranks well, but far from perfectly', () => {
		const evidence = new Map(demo.stories.map(({ row, draft }) => [row.id, draft.evidence]));
		const area = auc(closed.map((row) => [evidence.get(String(row.id)) ?? 0, won(row)]));
		expect(area).toBeGreaterThan(0.74);
		expect(area).toBeLessThan(0.87);
	});
	it('are ranked by the points of their first day, better than chance and worse than the ceiling', () => {
		const area = auc(closed.map((row) => [firstPoints.get(row.id) ?? 0, won(row)]));
		expect(area).toBeGreaterThan(0.64);
		expect(area).toBeLessThan(0.82);
	});
	it('depend on source, size, role, timing, a demo asked for and the time until somebody called', () => {
		const by = (field: string, value: string): number => rate(closed.filter((row) => row[field] === value));
		expect(by('source', 'referral')).toBeGreaterThan(2 * by('source', 'ads'));
		expect(by('source', 'list')).toBeLessThan(0.1);
		expect(by('size_band', '50-249')).toBeGreaterThan(1.4 * by('size_band', '1-9'));
		expect(by('decision_role', 'decision_maker')).toBeGreaterThan(1.5 * by('decision_role', 'user'));
		expect(by('timing', 'now')).toBeGreaterThan(1.5 * by('timing', 'later'));
		expect(rate(closed.filter(({ demo_requested_at }) => demo_requested_at))).toBeGreaterThan(
			1.5 * rate(closed.filter(({ demo_requested_at }) => !demo_requested_at)),
		);
		const working = workingCalendar(shippedRules.settings);
		const waited = closed
			.filter(({ first_contact_at }) => first_contact_at)
			.map((row) => [-workingMinutesBetween(new Date(String(row.date_created)), new Date(String(row.first_contact_at)), working), won(row)] as const);
		expect(auc(waited)).toBeGreaterThan(0.55);
	});
	it('are few in August and many in September', () => {
		const months = (month: number): number => rowsOf('leads').filter(({ date_created }) => new Date(String(date_created)).getUTCMonth() === month).length;
		expect(months(7)).toBeLessThan(0.6 * months(8));
	});
});

describe('deals', () => {
	const contacts = groupBy(rowsOf('opportunity_contacts'), 'opportunity');
	const closed = rowsOf('opportunities').filter(({ closed_at, kind }) => closed_at && kind !== 'renewal');
	const won = ({ lost_reason }: Row): boolean => lost_reason === null;

	it('are won more often with several contacts and a date that holds', () => {
		expect(auc(closed.map((row) => [contacts.get(row.id)?.length ?? 0, won(row)]))).toBeGreaterThan(0.55);
		expect(auc(closed.map((row) => [-Number(row.close_date_pushes), won(row)]))).toBeGreaterThan(0.58);
		expect(auc(closed.map((row) => [row.competitor ? 0 : 1, won(row)]))).toBeGreaterThan(0.53);
	});
	it('that have stalled have no next step, more pushes and no recent contact', () => {
		const open = rowsOf('opportunities').filter(({ closed_at }) => !closed_at);
		const last = new Map([...groupBy(rowsOf('interactions'), 'opportunity')].map(([deal, rows]) => [deal, Math.max(...rows.map(({ at }) => time(at)))]));
		const idle = open.map((row) => ({
			row,
			old: (time('2026-11-22') - time(row.stage_since)) / day > 60,
			silent: (time('2026-11-22') - (last.get(row.id) ?? time(row.date_created))) / day,
		}));
		const stalled = idle.filter(({ old }) => old);
		const lively = idle.filter(({ old }) => !old);
		expect(stalled.length).toBeGreaterThan(8);
		expect(mean(stalled.map(({ silent }) => silent))).toBeGreaterThan(2 * mean(lively.map(({ silent }) => silent)));
		expect(mean(stalled.map(({ row }) => Number(row.next_step === null)))).toBeGreaterThan(mean(lively.map(({ row }) => Number(row.next_step === null))));
	});
});

describe('clients who leave', () => {
	// Each client a month before it cancelled its main module, and every client that stays, on the same days.
	const main = rowsOf('subscriptions').filter(({ name }) => String(name).startsWith('Solenval Pilotage'));
	const gone = main.filter(
		({ cancelled_on, cancellation_reason }) => cancelled_on && time(cancelled_on) > time('2025-03-15') && cancellation_reason !== 'end_of_need',
	);
	const staying = main.filter(({ cancelled_on }) => !cancelled_on);
	const cases = gone.flatMap((left, index) => {
		const at = time(left.cancelled_on) - 7 * day;
		const others = staying.filter((row, other) => (other + index) % 9 === 0 && time(row.started_on) < at - 120 * day);
		return [{ company: left.company, at, left: true }, ...others.map(({ company }) => ({ company, at, left: false }))];
	});
	const within = (rows: readonly Row[], field: string, from: number, to: number): Row[] =>
		rows.filter((row) => time(row[field]) >= from && time(row[field]) < to);

	const usage = groupBy(rowsOf('usage_events'), 'company');
	const tickets = groupBy(rowsOf('tickets'), 'company');
	const invoices = groupBy(
		rowsOf('invoices').filter(({ direction, type }) => direction === 'sale' && type !== 'credit_note'),
		'company',
	);
	const surveys = groupBy(
		rowsOf('survey_answers').filter(({ kind, score }) => kind === 'nps' && score !== null),
		'company',
	);

	it('are enough to learn from', () => expect(gone.length).toBeGreaterThan(20));
	it('used the product less and less in the 90 days before', () => {
		const ratio = cases.map(({ company, at, left }) => {
			const events = usage.get(company) ?? [];
			const before = within(events, 'at', at - 150 * day, at - 90 * day).length / 2;
			return [-(within(events, 'at', at - 30 * day, at).length + 1) / (before + 1), left] as const;
		});
		expect(auc(ratio)).toBeGreaterThan(0.68);
	});
	it('had burning tickets, paid late and answered badly', () => {
		expect(auc(cases.map(({ company, at, left }) => [within(tickets.get(company) ?? [], 'date_created', at - 90 * day, at).length, left]))).toBeGreaterThan(
			0.6,
		);
		const delay = (row: Row, at: number): number => ((row.paid_on && time(row.paid_on) < at ? time(row.paid_on) : at) - time(row.due_date)) / day;
		const late = cases.flatMap(({ company, at, left }) => {
			const bills = (invoices.get(company) ?? []).filter(({ due_date }) => due_date && time(due_date) < at);
			const [recent, earlier] = [
				bills.filter(({ due_date }) => time(due_date) >= at - 90 * day),
				bills.filter(({ due_date }) => time(due_date) < at - 90 * day),
			];
			return recent.length > 0 && earlier.length > 0
				? [[mean(recent.map((row) => delay(row, at))) - mean(earlier.map((row) => delay(row, at))), left] as const]
				: [];
		});
		expect(auc(late)).toBeGreaterThan(0.6);
		const scores = cases.flatMap(({ company, at, left }) => {
			const answers = within(surveys.get(company) ?? [], 'answered_at', at - 90 * day, at);
			return answers.length > 0 ? [[-mean(answers.map(({ score }) => Number(score))), left] as const] : [];
		});
		expect(auc(scores)).toBeGreaterThan(0.62);
	});
});

describe('what clients buy and pay', () => {
	it('goes together: stocks with maintenance', () => {
		const owned = [...groupBy(rowsOf('subscriptions'), 'company').values()].map((rows) => new Set(rows.map(({ name }) => String(name).split(' – ')[0])));
		const share = (sets: readonly Set<string | undefined>[]): number => mean(sets.map((set) => Number(set.has('Solenval Stocks'))));
		expect(share(owned.filter((set) => set.has('Solenval Maintenance')))).toBeGreaterThan(1.5 * share(owned.filter((set) => !set.has('Solenval Maintenance'))));
	});
	it('comes as late as it did last year, company by company', () => {
		const delays = new Map(
			[
				...groupBy(
					rowsOf('invoices').filter(({ direction, paid_on }) => direction === 'sale' && paid_on),
					'company',
				),
			].map(([company, rows]) => [company, rows.map(({ paid_on, due_date }) => (time(paid_on) - time(due_date)) / day)]),
		);
		const pairs = [...delays.values()]
			.filter((list) => list.length >= 4)
			.map((list) => [mean(list.slice(0, list.length / 2)), mean(list.slice(list.length / 2))] as const);
		const [a, b] = [mean(pairs.map(([first]) => first)), mean(pairs.map(([, second]) => second))];
		const covariance = mean(pairs.map(([first, second]) => (first - a) * (second - b)));
		expect(covariance / Math.sqrt(mean(pairs.map(([first]) => (first - a) ** 2)) * mean(pairs.map(([, second]) => (second - b) ** 2)))).toBeGreaterThan(0.4);
	});
});
