import { describe, expect, it } from 'vitest';
import { dayOf, isoOf } from '../../../platform/time/paris.ts';
import { decisionDayOf, noticeDayOf, reminderLevel, reminderWords, workingDayUpTo, type ReminderFacts } from './notice.ts';

const on = (iso: string): number => dayOf(iso) ?? 0;
const calendar = { opens: 0, closes: 86_400_000, alsaceMoselle: false };
const contract: ReminderFacts = {
	name: 'Contrat de services',
	company: 'Durand',
	status: 'signed',
	renewal: 'tacit',
	endsDay: on('2026-05-11'),
	noticeDays: 60,
	isSupplier: false,
	legalForm: 'sas',
	renewalMonths: 12,
	valueCents: 1_488_000,
};
const plain = (text: string): string => text.replaceAll(/\s/g, ' ');

describe('the notice date', () => {
	it('is the end less the notice, in days of the calendar, leap years included', () => {
		expect(isoOf(noticeDayOf(contract) ?? 0)).toBe('2026-03-12');
		expect(isoOf(noticeDayOf({ ...contract, endsDay: on('2028-03-01'), noticeDays: 1 }) ?? 0)).toBe('2028-02-29');
		expect(noticeDayOf({ ...contract, noticeDays: null })).toBe(contract.endsDay);
	});

	it('exists for what renews by itself only, and not after a termination', () => {
		for (const over of [{ renewal: 'explicit' }, { renewal: 'none' }, { status: 'terminated' }, { status: 'cancelled' }, { endsDay: null }] as const)
			expect(noticeDayOf({ ...contract, ...over })).toBeNull();
	});

	it('is what a signed contract is decided by; the end where it does not renew', () => {
		expect(decisionDayOf(contract)).toBe(on('2026-03-12'));
		expect(decisionDayOf({ ...contract, renewal: 'explicit' })).toBe(on('2026-05-11'));
		for (const status of ['draft', 'sent', 'terminated']) expect(decisionDayOf({ ...contract, status })).toBeNull();
	});
});

describe('reminders', () => {
	it('come on the working day before when their day is none', () => {
		expect(isoOf(workingDayUpTo(on('2026-11-22'), calendar))).toBe('2026-11-20');
		expect(isoOf(workingDayUpTo(on('2026-05-01'), calendar))).toBe('2026-04-30');
		// 10 days before Wednesday 2 December is Sunday: due on Friday.
		const level = (iso: string): number => reminderLevel(on('2026-12-02'), on(iso), { first: 45, last: 10 }, calendar);
		expect([level('2026-10-15'), level('2026-10-16'), level('2026-11-19'), level('2026-11-20'), level('2026-12-01')]).toEqual([0, 1, 1, 2, 2]);
	});

	it('say clearly what happens without a decision', () => {
		const said = reminderWords(contract);
		expect(said.title).toBe('À décider avant le 12 mars 2026 : Contrat de services');
		expect(plain(said.reason)).toBe('Sans dénonciation avant le 12 mars 2026, le contrat avec Durand est reconduit 12 mois, jusqu’au 11 mai 2027 (fin le 11 mai 2026, préavis de 60 jours). Valeur : 14 880 € hors taxes.');
		expect(plain(reminderWords({ ...contract, renewal: 'explicit' }).reason)).toContain('se termine le 11 mai 2026 : il n’est renouvelé que si les deux parties le signent.');
		expect(reminderWords({ ...contract, renewalMonths: null }).reason).toContain('reconduit pour une nouvelle période');
		expect(reminderWords({ ...contract, isSupplier: true }).action).toContain('dénoncer par écrit');
	}); // prettier-ignore

	it('mention the consumer code to no company, and to an association as something to check', () => {
		expect(reminderWords(contract).reason).not.toContain('L215-1');
		expect(reminderWords({ ...contract, legalForm: 'association' }).reason).toMatch(/L215-1 .* à vérifier\.$/);
		expect(reminderWords({ ...contract, legalForm: 'association', isSupplier: true }).reason).not.toContain('L215-1');
	});
});
