import { counted, frenchNumber } from '../../../platform/text.ts';
import { roundEuros as euros } from '../../../platform/amount.ts';
import type { ReasonCode, StageLimit } from './types.ts';

/** The open deals of one stage, counted. `causes`: how many of the slow ones have each reason; `exits`: departures in the last 90 days. */
export type StageLoad = {
	stage: string;
	name: string;
	sort: number;
	open: number;
	slow: number;
	slowCents: number;
	causes: Readonly<Partial<Record<ReasonCode, number>>>;
	exits: number;
	limit: StageLimit;
};

/** `reasons` sum up the figures; `action` says what to do first. */
export type Bottleneck = { stage: string; title: string; action: string; reasons: string[]; slowCents: number; slow: number; open: number };

/** Fewer slow deals, or a smaller share of them, are bad luck and no bottleneck. */
const [fewest, smallestShare, exitsWindow] = [3, 0.3, 90];

const remedies: Record<Exclude<ReasonCode, 'aged'>, { cause: string; action: (count: number) => string }> = {
	overdue: { cause: 'la date de signature est passée', action: (count) => `reprenez les dates de signature de ces ${count} affaires, et fermez celles qui n’en ont plus` },
	idle: { cause: 'plus aucune activité', action: (count) => `faites relancer ces ${count} affaires cette semaine, et fermez celles qui ne répondent plus` },
	no_next_step: { cause: 'aucune prochaine étape', action: (count) => `fixez une prochaine étape datée pour ces ${count} affaires lors du point d’équipe` },
	pushed: { cause: 'la signature est repoussée', action: (count) => `rencontrez les décideurs de ces ${count} affaires pour fixer une date qui tient` },
	single_contact: { cause: 'un seul contact chez le client', action: (count) => `faites entrer un second interlocuteur dans ces ${count} affaires` },
	no_amount: { cause: 'aucun montant', action: (count) => `faites chiffrer ces ${count} affaires` },
}; // prettier-ignore

/** The most frequent cause besides age itself; equal ones in the order of the remedies above. */
function mainCause(causes: StageLoad['causes']): { code: keyof typeof remedies; count: number } | null {
	const counts = (Object.keys(remedies) as (keyof typeof remedies)[]).map((code) => ({ code, count: causes[code] ?? 0 }));
	const first = counts.reduce((best, one) => (one.count > best.count ? one : best));
	return first.count > 0 ? first : null;
}

/**
 * The stage in which the most expected money has stayed longer than it should: at least three deals and 30 % of the stage. Null when no
 * stage stands out so. How long the queue takes to pass follows from Little's law (J. Little, “A proof for the queuing formula L = λW”,
 * Operations Research 9, 1961): open deals ÷ departures per day.
 */
export function bottleneckOf(loads: readonly StageLoad[]): Bottleneck | null {
	const [worst] = loads
		.filter(({ open, slow }) => slow >= fewest && slow / open >= smallestShare)
		.toSorted((one, other) => other.slowCents - one.slowCents || other.slow - one.slow || one.sort - other.sort);
	if (!worst) return null;
	const { name, open, slow, slowCents, exits, limit } = worst;
	const cause = mainCause(worst.causes);
	const passing = exits > 0 ? Math.round((open * exitsWindow) / exits) : null;
	const reasons = [
		`${slow} affaires sur ${open} y sont depuis plus de ${counted(limit.days, 'jour', 'jours')}${limit.source === 'winners' ? ' (80 % des gagnées en sortent plus vite)' : ''}.`,
		`${euros(slowCents)} d’espérance de gain y attendent.`,
		passing === null
			? `Aucune affaire n’en est sortie en ${exitsWindow} jours.`
			: `Au rythme des ${exitsWindow} derniers jours (${counted(exits, 'sortie', 'sorties')}), il faut ${frenchNumber(passing)} jours pour écouler les affaires présentes.`,
		...(cause ? [`Cause la plus fréquente : ${remedies[cause.code].cause} (${cause.count} sur ${slow}).`] : []),
	];
	const action = cause
		? `À « ${name} », ${remedies[cause.code].action(cause.count)}.`
		: `À « ${name} », passez ces ${slow} affaires en revue : que manque-t-il pour avancer ?`;
	return { stage: worst.stage, title: `Goulot d’étranglement : ${name}`, action, reasons, slowCents, slow, open };
}
