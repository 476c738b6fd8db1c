import { settledStatus } from '../../extensions/orchestre/src/finance/rules/settlement.ts';
import { describe, expect, it } from 'vitest';
import { toParis, weekday } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { nextWorkingMoment } from '../../extensions/orchestre/src/platform/time/working-time.ts';
import { orchestreUserId } from '../../extensions/orchestre/src/platform/directus.ts';
import { calendarOf, office } from './calendar.ts';
import { readColumns } from './columns.ts';
import { isLuhnValid } from './identity.ts';
import { isDemoId } from './ids.ts';
import type { Row } from './rows.ts';
import { shippedRules } from './test-demo.ts';
import { userRows } from './users.ts';
import { buildDemo } from './world.ts';

/** A Sunday, a leap day, the middle of August. */
const days = ['2026-11-22', '2028-02-29', '2027-08-16'];

const columns = readColumns();

describe.each(days)('the demo of %s', (today) => {
	const demo = buildDemo(today, shippedRules);
	const rowsOf = (collection: string): Row[] => demo.tables.get(collection) ?? [];
	const users = userRows(calendarOf(today));
	const all = new Map([...demo.tables, ['directus_users', users]]);

	it('are the same each time they are made', () => {
		expect([...buildDemo(today, shippedRules).tables]).toEqual([...demo.tables]);
	});

	it('are as many as promised', () => {
		const count = Object.fromEntries([...all].map(([collection, rows]) => [collection, rows.length]));
		const about: Record<string, number> = {
			companies: 250,
			people: 600,
			leads: 1200,
			opportunities: 500,
			interactions: 5000,
			usage_events: 20_000,
			invoices: 900,
			payments: 700,
			subscriptions: 600,
			projects: 60,
			tasks: 2000,
			tickets: 150,
			documents: 40,
		};
		for (const [collection, wanted] of Object.entries(about))
			expect([collection, count[collection]]).toEqual([collection, expect.toSatisfy((n: number) => n > wanted * 0.85 && n < wanted * 1.3)]);
		expect(rowsOf('subscriptions').filter(({ cancelled_on }) => cancelled_on).length).toBeGreaterThanOrEqual(130);
		expect(count.directus_users).toBe(12);
		for (const [collection, rows] of all) expect([collection, rows.length > 0]).toEqual([collection, true]);
	});

	it('name only fields and choices that exist, fill what must be filled and fit', () => {
		const faults = new Set<string>();
		for (const [collection, rows] of all) {
			const known = columns.get(collection);
			const system = collection === 'directus_users';
			if (!known) throw new Error(`no collection ${collection}`);
			for (const row of rows) {
				for (const [field, value] of Object.entries(row)) {
					const column = known.get(field);
					if (!column) {
						if (!system) faults.add(`${collection}.${field} does not exist`);
						continue;
					}
					if (value === null && !column.nullable) faults.add(`${collection}.${field} must not be empty`);
					if (typeof value === 'string' && column.maxLength !== null && value.length > column.maxLength)
						faults.add(`${collection}.${field} is too long: ${value}`);
					if (typeof value === 'string' && column.choices && !column.choices.includes(value)) faults.add(`${collection}.${field} cannot be ${value}`);
					if (typeof value === 'number' && (column.type === 'integer' ? !Number.isInteger(value) || Math.abs(value) > 2_147_483_647 : Number.isNaN(value)))
						faults.add(`${collection}.${field} cannot be ${value}`);
					if (column.type === 'date' && typeof value === 'string' && !/^\d{4}-\d\d-\d\d$/.test(value))
						faults.add(`${collection}.${field} is not a date: ${value}`);
					if (column.type === 'timestamp' && typeof value === 'string' && Number.isNaN(Date.parse(value)))
						faults.add(`${collection}.${field} is not a moment: ${value}`);
				}
				for (const [field, { nullable, default: standard }] of known)
					if (!nullable && standard === null && row[field] === undefined && !(field === 'id')) faults.add(`${collection}.${field} is missing`);
			}
		}
		expect([...faults]).toEqual([]);
	});

	it('point at rows that exist, and have ids of their own', () => {
		const ids = new Map([...all].map(([collection, rows]) => [collection, new Set(rows.map(({ id }) => id))]));
		const seeded = new Set(['stages', 'project_templates', 'project_template_milestones']);
		const faults = new Set<string>();
		for (const [collection, rows] of all) {
			const withIds = rows.filter(({ id }) => id !== undefined);
			expect([collection, ids.get(collection)?.size]).toEqual([collection, withIds.length > 0 ? withIds.length : 1]);
			for (const row of rows) {
				if (row.id !== undefined && !isDemoId(row.id)) faults.add(`${collection}: ${String(row.id)}`);
				for (const [field, { target }] of columns.get(collection) ?? []) {
					const value = row[field];
					if (!target || !value || seeded.has(target) || value === orchestreUserId) continue;
					if (!ids.get(target)?.has(value)) faults.add(`${collection}.${field} points at nothing in ${target}`);
				}
			}
		}
		expect([...faults]).toEqual([]);
	});

	it('keep values that must be unique unique', () => {
		for (const [collection, field] of [
			['companies', 'siren'],
			['companies', 'name'],
			['people', 'email'],
			['leads', 'external_id'],
			['tasks', 'origin_key'],
			['invoices', 'number'],
			['payments', 'reference'],
			['quotes', 'number'],
			['contracts', 'reference'],
			['subscriptions', 'reference'],
			['usage_events', 'event_id'],
			['campaigns', 'utm_campaign'],
			['products', 'sku'],
		] as const) {
			const values = rowsOf(collection)
				.map((row) => row[field])
				.filter((value) => value !== null && value !== undefined);
			expect([collection, field, new Set(values).size]).toEqual([collection, field, values.length]);
		}
	});

	it('looks like what it stands for', () => {
		for (const { siren, siret, vat_number: vat } of rowsOf('companies')) {
			expect(siren).toMatch(/^\d{9}$/);
			expect(isLuhnValid(String(siren)) && isLuhnValid(String(siret))).toBe(true);
			expect(siret).toMatch(new RegExp(`^${String(siren)}\\d{5}$`));
			if (vat) expect(Number(String(vat).slice(2, 4))).toBe((12 + 3 * (Number(siren) % 97)) % 97);
		}
	});

	it('reaches nobody: reserved domains and numbers only', () => {
		const reserved = /^\+33(19900|26191|35301|46571|53649|63998)\d{4}$/;
		for (const rows of [rowsOf('companies'), rowsOf('people'), rowsOf('leads'), users]) {
			for (const { email, phone, mobile } of rows) {
				if (email) expect(email).toMatch(/\.example(\.com)?$/);
				for (const number of [phone, mobile]) if (number) expect(number).toMatch(reserved);
			}
		}
	});

	it('has no past after yesterday and something left to do', () => {
		const end = `${today}T00:00:00.000Z`;
		for (const [collection, field] of [
			['leads', 'date_created'],
			['leads', 'closed_at'],
			['interactions', 'at'],
			['usage_events', 'at'],
			['stage_changes', 'at'],
			['lead_scores', 'at'],
			['opportunities', 'closed_at'],
			['tickets', 'resolved_at'],
			['tasks', 'done_at'],
			['payments', 'paid_on'],
			['invoices', 'issued_at'],
			['subscription_changes', 'recorded_at'],
			['survey_answers', 'answered_at'],
		] as const) {
			for (const row of rowsOf(collection)) if (row[field]) expect([collection, field, String(row[field]) < end]).toEqual([collection, field, true]);
		}
		for (const [collection, status] of [
			['leads', 'new'],
			['tasks', 'todo'],
			['tickets', 'in_progress'],
			['invoices', 'sent'],
			['projects', 'active'],
		] as const)
			expect(rowsOf(collection).some((row) => row.status === status)).toBe(true);
	});

	it('keeps office hours: meetings on the quarter, nobody in two at once, no day of the week far busier than the others', () => {
		const working = (at: unknown): boolean => nextWorkingMoment(new Date(String(at)), office).getTime() === Date.parse(String(at));
		const events = new Map(rowsOf('planning').map((row) => [row.id, row]));
		expect([...events.values()].filter(({ starts_at: at }) => !working(at) || Date.parse(String(at)) % 900_000 > 0)).toEqual([]);
		const seats = rowsOf('planning_attendees').map(({ user, planning }) => ({ user, ...events.get(planning) }) as Row);
		seats.sort((a, b) => (`${String(a.user)} ${String(a.starts_at)}` < `${String(b.user)} ${String(b.starts_at)}` ? -1 : 1));
		expect(seats.filter((seat, index) => seats[index - 1]?.user === seat.user && String(seats[index - 1]?.ends_at) > String(seat.starts_at))).toEqual([]);

		const odd = rowsOf('interactions').filter(({ at }) => !working(at));
		expect(odd.length).toBeLessThan(100);
		expect(odd.filter(({ kind, direction }) => kind !== 'email' || direction !== 'inbound')).toEqual([]);
		const perDay = [1, 2, 3, 4, 5].map((number) => rowsOf('interactions').filter(({ at }) => new Date(String(at)).getUTCDay() === number).length);
		expect(Math.max(...perDay)).toBeLessThan(1.3 * Math.min(...perDay));
		expect(rowsOf('tasks').filter(({ due_at: due }) => weekday(toParis(new Date(String(due))).day) > 5)).toEqual([]);
	});

	it('lets a task be about one thing, as the database insists', () => {
		const subjects = ['lead', 'opportunity', 'company', 'project', 'milestone', 'ticket', 'invoice', 'document'];
		expect(rowsOf('tasks').filter((row) => subjects.filter((field) => row[field]).length > 1)).toEqual([]);
	});

	it('names tasks and meetings after their kind', () => {
		const kinds = new Map<string, Set<unknown>>();
		for (const { title, kind, origin } of [...rowsOf('tasks'), ...rowsOf('planning')]) {
			const [words = '', name] = String(title).split(' – ');
			if (origin !== 'leads.follow_up' && name && !words.startsWith('Rendez-vous')) kinds.set(words, (kinds.get(words) ?? new Set()).add(kind));
		}
		expect([...kinds].filter(([, { size }]) => size > 1)).toEqual([]);
	});

	it('adds up: lines make the amounts, a balance takes off its deposit, some are partly paid', () => {
		const nets = new Map<unknown, number>();
		for (const { opportunity, invoice, net_cents: net } of rowsOf('line_items'))
			if (opportunity ?? invoice) nets.set(opportunity ?? invoice, (nets.get(opportunity ?? invoice) ?? 0) + Number(net));
		expect(rowsOf('opportunities').filter(({ id, amount_cents: amount }) => amount !== nets.get(id))).toEqual([]);
		expect(rowsOf('invoices').filter(({ id, net_cents: net }) => net !== nets.get(id))).toEqual([]);
		const deductions = rowsOf('line_items').filter(({ net_cents: net }) => Number(net) < 0);
		expect(deductions).toHaveLength(rowsOf('invoices').filter(({ type }) => type === 'balance').length);
		const partly = rowsOf('invoices').filter(({ status }) => status === 'partly_paid');
		expect(partly.length).toBeGreaterThan(2);
		for (const { paid_cents: paid, gross_cents: gross } of partly) expect(Number(paid) > 0 && Number(paid) < Number(gross)).toBe(true);
	});

	it('is paid what was allocated', () => {
		const paid = new Map<unknown, number>();
		for (const { invoice, credit_note: credit, amount_cents: amount } of rowsOf('payment_allocations'))
			for (const id of [invoice, credit]) if (id) paid.set(id, (paid.get(id) ?? 0) + Number(amount));
		for (const { id, status, paid_cents, remaining_cents, gross_cents } of rowsOf('invoices')) {
			expect(paid_cents).toBe(paid.get(id) ?? 0);
			expect(settledStatus({ status: String(status), gross_cents: Number(gross_cents), wasSent: true }, Number(paid_cents))).toBe(status);
			expect(remaining_cents).toBe(status === 'cancelled_by_credit_note' ? 0 : Number(gross_cents) - Number(paid_cents));
		}
	});

	it('writes traces in order', () => {
		for (const [collection, rows] of all)
			for (const { date_created: created, date_updated: updated } of rows)
				if (created && updated) expect([collection, updated >= created]).toEqual([collection, true]);
	});
});
