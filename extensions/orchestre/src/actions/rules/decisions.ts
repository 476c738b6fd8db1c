import { dayMs } from '../../platform/time/paris.ts';

/** The states of an insight, and what a person may make of one. */
export type State = 'open' | 'snoozed' | 'done' | 'refused' | 'closed';

const legal: Readonly<Record<State, readonly State[]>> = {
	open: ['snoozed', 'done', 'refused'],
	snoozed: ['open', 'snoozed', 'done', 'refused'],
	// Taken back.
	done: ['open'],
	refused: ['open'],
	closed: [],
};

const words: Readonly<Record<State, string>> = { open: 'à traiter', snoozed: 'reporté', done: 'fait', refused: 'écarté', closed: 'sans objet' };

/** Somebody else's answer of a moment ago looks like this to who comes second. */
export function moveFault(from: State, to: State): string | null {
	if (legal[from]?.includes(to)) return null;
	// A form that is saved as it was.
	if (from === to && from === 'open') return null;
	if (from === 'closed') return 'Ce conseil est sans objet : la situation a changé depuis.';
	return `Ce conseil est déjà « ${words[from]} » : quelqu’un y a répondu entre-temps.`;
}

export const longestSnoozeDays = 90;

/** What is wrong with the date until which something is put off; null when nothing is. */
export function snoozeFault(until: Date | null, now: Date): string | null {
	if (!until || Number.isNaN(until.getTime())) return 'Dites jusqu’à quand reporter ce conseil.';
	if (until <= now) return 'La date du report est passée : choisissez une date à venir.';
	if (until.getTime() - now.getTime() > longestSnoozeDays * dayMs) return `Un conseil se reporte de ${longestSnoozeDays} jours au plus. Écartez-le plutôt.`;
	return null;
}
