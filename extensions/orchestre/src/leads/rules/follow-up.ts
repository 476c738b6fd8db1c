import { displayName, personName } from './names.ts';
import { shorten } from '../../platform/text.ts';
import type { FollowUpStep, Lead, LeadSettings, PlannedTask } from './types.ts';
import { addWorkingDays, addWorkingMinutes, workingCalendar, type WorkingCalendar } from '../../platform/time/working-time.ts';

export type FollowUp = { tasks: PlannedTask[]; slaDueAt: Date };

/** The parts of a lead that decide how it may be reached. */
export type FollowedLead = Pick<
	Lead,
	'id' | 'first_name' | 'last_name' | 'company_name' | 'company' | 'siren' | 'email' | 'phone' | 'email_consent' | 'phone_consent'
>;

/** Nobody may be called without a number, after a refusal, or as a private person without consent (art. L223-1 of the Code de la consommation). */
function callBarrier(lead: FollowedLead): string | null {
	if (!lead.phone) return 'téléphone inconnu';
	if (lead.phone_consent === 'refused') return 'appel refusé';
	const consumer = !lead.company_name && !lead.company && !lead.siren;
	return consumer && lead.phone_consent !== 'given' ? 'appel sans consentement interdit' : null;
}

function emailBarrier(lead: FollowedLead): string | null {
	if (!lead.email) return 'e-mail inconnu';
	return lead.email_consent === 'refused' ? 'e-mail refusé' : null;
}

type Contact = { kind: FollowUpStep['kind']; title: string };

/** How a step can be done for this lead: as planned, by the other channel, or by getting what is missing first. */
function contactFor(step: FollowUpStep, lead: FollowedLead): Contact {
	const title = filled(step.title, lead);
	if (step.kind !== 'call' && step.kind !== 'email') return { kind: step.kind, title };
	const call = callBarrier(lead);
	const email = emailBarrier(lead);
	if ((step.kind === 'call' ? call : email) === null) return { kind: step.kind, title };
	if (step.kind === 'call' && email === null) return { kind: 'email', title: `Écrire à ${displayName(lead)} (${call})` };
	if (step.kind === 'email' && call === null) return { kind: 'call', title: `Appeler ${displayName(lead)} (${email})` };
	const unknown = !lead.phone && !lead.email;
	return { kind: 'review', title: `${unknown ? 'Compléter les coordonnées' : 'Recueillir le consentement'} de ${displayName(lead)} (${call}, ${email})` };
}

/** `{name}` is the person (else the lead's name in lists), `{company}` the company (else the same). */
function filled(title: string, lead: FollowedLead): string {
	const name = personName(lead) ?? displayName(lead);
	return title.replaceAll('{name}', () => name).replaceAll('{company}', () => lead.company_name ?? name);
}

function dueAt(step: FollowUpStep, now: Date, calendar: WorkingCalendar): Date {
	const delay = Number.isFinite(step.delay) ? Math.min(Math.max(0, step.delay), step.unit === 'days' ? 400 : 200_000) : 0;
	return step.unit === 'days' ? addWorkingDays(now, delay, calendar) : addWorkingMinutes(now, delay, calendar);
}

const isMeant = (step: FollowUpStep, grade: string): boolean => step.grades.includes(grade) || step.grades.includes(grade.slice(0, 1));

/** Working minutes that the letter of a grade leaves until the first contact. */
export function slaMinutes(grade: string, settings: Pick<LeadSettings, 'sla_a' | 'sla_b' | 'sla_c' | 'sla_d'>): number {
	return { A: settings.sla_a, B: settings.sla_b, C: settings.sla_c }[grade.slice(0, 1)] ?? settings.sla_d;
}

/**
 * The first tasks of a lead and the moment by which somebody must have contacted it. Steps of the plan whose grades hold
 * the grade (`A1`) or its letter (`A`) become tasks, due in working time, the first one by the SLA at the latest. Law and
 * consent decide the channel; when no channel is left, one task asks for what is missing instead of several that nobody
 * may do.
 */
export function planFollowUp(lead: FollowedLead, grade: string, settings: LeadSettings, now: Date): FollowUp {
	const calendar = workingCalendar(settings);
	const slaDueAt = addWorkingMinutes(now, slaMinutes(grade, settings), calendar);
	const tasks: PlannedTask[] = [];
	let stuck = false;
	for (const step of settings.follow_up_enabled ? settings.follow_up_plan.filter((planned) => isMeant(planned, grade)) : []) {
		const { kind, title } = contactFor(step, lead);
		const blocked = kind === 'review' && step.kind !== 'review';
		if (blocked && stuck) continue;
		stuck ||= blocked;
		const planned = dueAt(step, now, calendar);
		const due = tasks.length === 0 && planned > slaDueAt ? slaDueAt : planned;
		tasks.push({ title: shorten(title, 255), kind, priority: step.priority, dueAt: due, originKey: `lead:${lead.id}:follow_up:${tasks.length + 1}` });
	}
	return { tasks, slaDueAt };
}
