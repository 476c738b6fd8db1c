import type { Assignment, CandidateFigures } from '../rules/types.ts';

/** What the lead's deadline has come to. */
export type Deadline = { kind: 'kept' | 'late-contact'; contact: Date; due: Date } | { kind: 'ahead' | 'overdue'; due: Date };

/** Null when the lead has no deadline. A first contact ends the deadline, in time or late. */
export function deadlineOf(due: Date | null, contact: Date | null, now: Date): Deadline | null {
	if (!due) return null;
	if (contact) return { kind: contact <= due ? 'kept' : 'late-contact', contact, due };
	return { kind: now <= due ? 'ahead' : 'overdue', due };
}

/** The chosen person first, then those in the running from best to worst, then those left out. */
export function ranked(candidates: readonly CandidateFigures[], owner: string | null): CandidateFigures[] {
	const group = (candidate: CandidateFigures): number => (candidate.user === owner ? 0 : candidate.excluded === null ? 1 : 2);
	return [...candidates].sort((one, other) => group(one) - group(other) || other.total - one.total || one.name.localeCompare(other.name, 'fr'));
}

/** A part of 0 to 1 in whole percent, whatever arrives. */
export const percent = (part: number): number => Math.round(Math.min(1, Math.max(0, part || 0)) * 100);

/** How full somebody is, in percent; a person without capacity is full. */
export const fullness = ({ openLeads, capacity }: Pick<CandidateFigures, 'openLeads' | 'capacity'>): number =>
	capacity > 0 ? percent(openLeads / capacity) : 100;

/** `Camille Petit-Jean` → `CP`: for the round sign beside a name. */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/).filter(Boolean);
	const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
	return ends.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase('fr') ?? '').join('');
}

/** Whether somebody changed the owner after the decision that is kept on the lead. */
export const isOverridden = (owner: string | null, assignment: Assignment | null): boolean =>
	assignment !== null && owner !== null && assignment.owner !== owner;
