import { counted } from '../../../platform/text.ts';
import type { ClientFacts, HealthSettings, Measure } from './types.ts';

/** Days that "recent" is about, and those that it is compared with. */
export const recentDays = 30;
export const beforeDays = 90;

/** Somebody who began fewer days ago than this has nothing to be compared with. */
const startDays = 60;

/** Imaginary events on both sides: six events instead of eight are chance, sixty instead of eighty are not. */
const prior = 3;

/** Ratio of recent to usual use from which all is well, and up to which nothing is. */
const [well, ill] = [0.9, 0.35];

const bounded = (score: number): number => Math.min(100, Math.max(0, Math.round(score)));

/** How many events the last 30 days would have had if all were as before; days before the first event do not count. */
export function expectedOf({ before, firstDays }: Pick<ClientFacts['usage'], 'before' | 'firstDays'>): number {
	const known = Math.min(beforeDays, Math.max(1, (firstDays ?? 0) - recentDays));
	return (before * recentDays) / known;
}

/**
 * Use of the last 30 days against the 90 before, both shrunken by a few imaginary events, and against the season (what all clients
 * together do: August is nobody's fault). Full marks from 90 % on, none below 35 %.
 */
export function measureUsage(usage: ClientFacts['usage'], { season }: Pick<HealthSettings, 'season'>): Measure {
	const { recent, before, firstDays, lastDays } = usage;
	if (firstDays === null || lastDays === null) return { score: null, text: 'Pas de mesure d’usage' };
	if (firstDays < startDays) return { score: null, text: `Usage mesuré depuis ${counted(firstDays, 'jour', 'jours')} : trop tôt pour comparer` };
	if (recent + before === 0) return { score: 0, text: `Aucun usage depuis ${counted(lastDays, 'jour', 'jours')}` };
	const expected = expectedOf(usage);
	const ratio = (recent + prior) / (expected * season + prior);
	const score = bounded((100 * (ratio - ill)) / (well - ill));
	if (recent === 0) return { score, text: `Aucun usage depuis ${counted(lastDays, 'jour', 'jours')}` };
	const change = expected > 0 ? Math.round(100 * (recent / expected - 1)) : 0;
	const word = change <= -10 ? `en baisse de ${-change} %` : change >= 10 && expected > 0 ? `en hausse de ${change} %` : 'stable';
	const all = Math.round(100 * (season - 1));
	const beside = all <= -10 && word !== 'stable' ? `, tous clients −${-all} %` : '';
	if (expected === 0) return { score: 100, text: `Usage repris : ${counted(recent, 'événement', 'événements')} en ${recentDays} jours` };
	return { score, text: `Usage ${word} sur ${recentDays} jours${beside}` };
}

/**
 * What all clients do now against before, from the sums of those who were there all the time: between a half and one. That others use it
 * more is held against nobody.
 */
export function seasonOf({ clients, recent, before }: { clients: number; recent: number; before: number }): number {
	if (clients < 20 || before === 0) return 1;
	return Math.min(1, Math.max(0.5, (recent * beforeDays) / (before * recentDays)));
}
