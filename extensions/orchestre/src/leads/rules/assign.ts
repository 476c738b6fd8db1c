import { best, exclusions, figuresOf, type Team } from './assign-figures.ts';
import { absenceOf, sentenceFor } from './assign-words.ts';
import { hasSlot, isBackInTime, isNewcomer, meanRate, speaks, type AssignedLead } from './candidates.ts';
import { addWorkingMinutes, workingCalendar } from '../../platform/time/working-time.ts';
import type { Assignment, Candidate, CandidateFigures, LeadSettings } from './types.ts';

export type { AssignedLead } from './candidates.ts';

/** What a choice depends on beside the lead and the candidates. */
export type AssignmentContext = {
	settings: LeadSettings;
	now: Date;
	/** Owner of the lead's account. */
	accountOwner: string | null;
	/** Owner that a person set; nothing overrules a person. */
	requestedOwner: string | null;
	/** Automatic assignments of the recent past, for the newcomers' share. */
	recentAssignments: { total: number; toNewcomers: number };
	/** When the lead must have been contacted; without it, the delay of a B lead. */
	dueAt?: Date | null;
	/** Reassignment: who had the lead and did not contact it. Never chosen again. */
	escalatedFrom?: string | null;
};

/**
 * Chooses who gets a lead. In this order: who a person asked for; who owns the account, when there in time and with a free
 * slot; a newcomer while newcomers are below their share; the best weighted mean of free load, expertise, shrunken win
 * rate and availability. Ties go to who waited longest, then to the smaller id. Nobody gets a lead beyond the last slot.
 *
 * The figures of every candidate come with the decision, and why somebody was left out.
 */
export function chooseOwner(lead: AssignedLead, candidates: readonly Candidate[], context: AssignmentContext): Assignment {
	const { settings, now } = context;
	const calendar = workingCalendar(settings);
	const dueAt = context.dueAt ?? addWorkingMinutes(now, settings.sla_b, calendar);
	const mean = meanRate(candidates);
	const team: Team = { lead, candidates, settings, now, calendar, mean, dueAt };
	const excluded = exclusions(team, context.escalatedFrom ?? null);
	const figures = figuresOf(team, excluded);
	const decision = (kind: Assignment['kind'], owner: string | null, sentence: string): Assignment => ({
		owner,
		kind,
		sentence,
		at: now.toISOString(),
		candidates: figures,
	});

	if (context.requestedOwner) {
		const person = candidates.find(({ user }) => user === context.requestedOwner);
		const over = person && !hasSlot(person) ? ` Attention : ${person.openLeads} leads ouverts pour une capacité de ${person.capacity}.` : '';
		return decision('manual', context.requestedOwner, `${person ? `${person.name} : choisi` : 'Choisi'} à la main.${over}`);
	}
	if (!settings.assignment_enabled) return decision('off', null, 'Attribution automatique désactivée dans les réglages.');

	const keeper =
		context.accountOwner && context.accountOwner !== context.escalatedFrom ? candidates.find(({ user }) => user === context.accountOwner) : undefined;
	if (keeper && hasSlot(keeper) && isBackInTime(keeper, now, dueAt, calendar)) {
		// Continuity outweighs expertise and language: the client already knows this person.
		for (const line of figures) if (line.user === keeper.user) line.excluded = null;
		return decision('continuity', keeper.user, `${keeper.name} suit déjà ce compte.`);
	}
	const before = context.accountOwner && context.accountOwner !== context.escalatedFrom ? absenceOf(keeper) : '';

	const running = figures.filter((line) => line.excluded === null);
	if (running.length === 0) return decision('none', null, sentenceFor.nobody(figures, before));
	const reserved = context.escalatedFrom ? [] : newcomersFirst(running, team, context);
	const chosen = best(reserved.length > 0 ? reserved : running, candidates);
	const owner = candidates.find(({ user }) => user === chosen.user);
	if (!owner) return decision('none', null, sentenceFor.nobody(figures, before));
	const unheard = lead.language && !speaks(owner, lead.language) ? lead.language : null;
	const kind = context.escalatedFrom ? 'escalation' : reserved.length > 0 ? 'newcomer' : 'best';
	return decision(kind, owner.user, before + sentenceFor.chosen(kind, owner, team, unheard));
}

/** The newcomers in the running when newcomers are below their share, else nobody. */
function newcomersFirst(
	running: readonly CandidateFigures[],
	{ candidates, settings, now }: Team,
	{ recentAssignments }: AssignmentContext,
): CandidateFigures[] {
	if (recentAssignments.toNewcomers * 10_000 >= settings.newcomer_share * recentAssignments.total) return [];
	const newcomers = new Set(candidates.filter((candidate) => isNewcomer(candidate, settings, now)).map(({ user }) => user));
	return running.filter(({ user }) => newcomers.has(user));
}

/**
 * Books the decision into the candidates and the context, so that the next lead of a batch sees one slot less, who got
 * the last lead, and the newcomers' share.
 */
export function takeSlot(candidates: readonly Candidate[], assignment: Assignment, context: AssignmentContext): void {
	const owner = candidates.find(({ user }) => user === assignment.owner);
	if (!owner) return;
	owner.openLeads++;
	owner.lastAssignedAt = context.now;
	context.recentAssignments.total++;
	if (isNewcomer(owner, context.settings, context.now)) context.recentAssignments.toNewcomers++;
}
