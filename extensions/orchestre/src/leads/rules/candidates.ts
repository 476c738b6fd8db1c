import { dayOf, toParis, weekday } from '../../platform/time/paris.ts';
import { isWorkingDayNumber, nextWorkingMoment, workingDaysFrom, type WorkingCalendar } from '../../platform/time/working-time.ts';
import type { Candidate, Lead, LeadSettings } from './types.ts';

/** The parts of a lead that decide who should have it. */
export type AssignedLead = Pick<Lead, 'industry' | 'size_band' | 'region' | 'language'>;

/** Whether somebody works on this day number: a company day, one of the person's own days, no absence. */
export function isPresent(candidate: Candidate, day: number, calendar: WorkingCalendar): boolean {
	if (!isWorkingDayNumber(day, calendar) || !candidate.workingDays.includes(weekday(day))) return false;
	return !candidate.absences.some(({ from, to }) => day >= (dayOf(from) ?? Infinity) && day <= (dayOf(to) ?? -Infinity));
}

/** Whether somebody is there on at least one day between now and the moment when the lead must have been contacted. */
export function isBackInTime(candidate: Candidate, now: Date, dueAt: Date, calendar: WorkingCalendar): boolean {
	const last = toParis(dueAt).day;
	for (let day = toParis(nextWorkingMoment(now, calendar)).day; day <= last; day++) if (isPresent(candidate, day, calendar)) return true;
	return false;
}

/** Share of the company's next five working days on which somebody is there, 0 to 1. */
export function availability(candidate: Candidate, now: Date, calendar: WorkingCalendar): number {
	const days = workingDaysFrom(toParis(nextWorkingMoment(now, calendar)).day, 5, calendar);
	return days.filter((day) => isPresent(candidate, day, calendar)).length / days.length;
}

/** Share of the capacity that is free, 0 to 1; a person over capacity has none. */
export const freeShare = (candidate: Candidate): number => (candidate.capacity > 0 ? Math.max(0, 1 - candidate.openLeads / candidate.capacity) : 0);

export const hasSlot = (candidate: Candidate): boolean => candidate.openLeads < candidate.capacity;

/** Languages somebody works in: French when none is stated. */
const languagesOf = (candidate: Candidate): readonly string[] => (candidate.languages.length > 0 ? candidate.languages : ['fr']);

export const speaks = (candidate: Candidate, language: string): boolean => languagesOf(candidate).includes(language);

/** What of the lead somebody knows: one entry per known trait of the lead. */
export function expertiseOf(
	lead: AssignedLead,
	candidate: Candidate,
): { trait: 'industry' | 'size' | 'region' | 'language'; value: string; matches: boolean }[] {
	const traits = [
		{ trait: 'industry', value: lead.industry, known: candidate.industries },
		{ trait: 'size', value: lead.size_band, known: candidate.sizes },
		{ trait: 'region', value: lead.region, known: candidate.regions },
		{ trait: 'language', value: lead.language, known: languagesOf(candidate) },
	] as const;
	return traits.flatMap(({ trait, value, known }) => (value ? [{ trait, value, matches: known.includes(value) }] : []));
}

/** Share of the lead's known traits that somebody masters; 0 when nothing is known of the lead, which is the same for all. */
export function expertise(lead: AssignedLead, candidate: Candidate): number {
	const traits = expertiseOf(lead, candidate);
	return traits.length === 0 ? 0 : traits.filter(({ matches }) => matches).length / traits.length;
}

/** Win rate of all candidates together; null as long as no lead is closed. */
export function meanRate(candidates: readonly Candidate[]): number | null {
	const won = candidates.reduce((sum, { convertedLeads }) => sum + convertedLeads, 0);
	const closed = won + candidates.reduce((sum, { lostLeads }) => sum + lostLeads, 0);
	return closed > 0 ? won / closed : null;
}

/** Win rate shrunken to the mean, as if everybody had `prior` closed leads more at the mean rate. */
export const shrunkenRate = (candidate: Candidate, mean: number, prior: number): number =>
	(candidate.convertedLeads + prior * mean) / (candidate.convertedLeads + candidate.lostLeads + prior);

/** Whether somebody arrived within the newcomers' days (not before the first day). */
export function isNewcomer(candidate: Candidate, settings: Pick<LeadSettings, 'newcomer_days'>, now: Date): boolean {
	const arrival = candidate.hiredOn ? dayOf(candidate.hiredOn) : null;
	if (arrival === null) return false;
	const days = toParis(now).day - arrival;
	return days >= 0 && days < settings.newcomer_days;
}
