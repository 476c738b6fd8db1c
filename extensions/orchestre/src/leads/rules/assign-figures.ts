import { availability, expertise, freeShare, hasSlot, isBackInTime, shrunkenRate, speaks, type AssignedLead } from './candidates.ts';
import { spoken } from './labels.ts';
import type { WorkingCalendar } from '../../platform/time/working-time.ts';
import type { Candidate, CandidateFigures, LeadSettings } from './types.ts';

/** One lead before the people who may get it. `mean` is the win rate of all, null without a closed lead. */
export type Team = {
	lead: AssignedLead;
	candidates: readonly Candidate[];
	settings: LeadSettings;
	now: Date;
	calendar: WorkingCalendar;
	mean: number | null;
	dueAt: Date;
};

/** Why each candidate is left out, in French; who is in the running is not in the map. */
export function exclusions({ lead, candidates, now, calendar, dueAt }: Team, escalatedFrom: string | null): Map<string, string> {
	const out = new Map<string, string>();
	for (const candidate of candidates) {
		if (candidate.user === escalatedFrom) out.set(candidate.user, 'n’a pas contacté ce lead à temps');
		else if (candidate.capacity <= 0) out.set(candidate.user, 'ne reçoit pas de leads (capacité nulle)');
		else if (!hasSlot(candidate)) out.set(candidate.user, `plus de place (${candidate.openLeads} leads ouverts pour une capacité de ${candidate.capacity})`);
		else if (!isBackInTime(candidate, now, dueAt, calendar)) out.set(candidate.user, 'absence jusqu’après le délai de premier contact');
	}
	const { language } = lead;
	if (!language) return out;
	const left = candidates.filter(({ user }) => !out.has(user));
	if (!left.some((candidate) => speaks(candidate, language))) return out;
	for (const candidate of left) if (!speaks(candidate, language)) out.set(candidate.user, `ne parle pas ${spoken(language)}`);
	return out;
}

const rounded = (part: number): number => Math.round(part * 10_000) / 10_000;

/** Every candidate's parts and weighted mean, in the order given. Weights that are all zero count as equal. */
export function figuresOf(team: Team, excluded: ReadonlyMap<string, string>): CandidateFigures[] {
	const { lead, candidates, settings, now, calendar } = team;
	const mean = team.mean ?? 0;
	const rates = candidates.map((candidate) => shrunkenRate(candidate, mean, settings.performance_prior));
	const top = Math.max(0, ...rates);
	const given = [settings.weight_load, settings.weight_expertise, settings.weight_performance, settings.weight_availability];
	const weights = given.some((weight) => weight > 0) ? given : [1, 1, 1, 1];
	const sum = weights.reduce((total, weight) => total + weight, 0);
	return candidates.map((candidate, index) => {
		const load = freeShare(candidate);
		const known = expertise(lead, candidate);
		const performance = top > 0 ? (rates[index] ?? 0) / top : 0;
		const present = availability(candidate, now, calendar);
		const total = [load, known, performance, present].reduce((acc, part, place) => acc + part * (weights[place] ?? 0), 0) / sum;
		return {
			user: candidate.user,
			name: candidate.name,
			load: rounded(load),
			expertise: rounded(known),
			performance: rounded(performance),
			availability: rounded(present),
			total: rounded(total),
			openLeads: candidate.openLeads,
			capacity: candidate.capacity,
			excluded: excluded.get(candidate.user) ?? null,
		};
	});
}

/** The highest total; on a tie who waited longest, then the smaller id. Totals are rounded, so a tie is what people see as one. */
export function best(figures: readonly CandidateFigures[], candidates: readonly Candidate[]): CandidateFigures {
	const waiting = new Map(candidates.map(({ user, lastAssignedAt }) => [user, lastAssignedAt?.getTime() ?? -Infinity]));
	return figures.reduce((top, line) => {
		if (line.total !== top.total) return line.total > top.total ? line : top;
		const [since, topSince] = [waiting.get(line.user) ?? 0, waiting.get(top.user) ?? 0];
		if (since !== topSince) return since < topSince ? line : top;
		return line.user < top.user ? line : top;
	});
}
