import type { ListTarget } from '../parts/list-link.ts';

export type Stage = { id: string; name: string; isWon: boolean; isLost: boolean };

/** By stage: numerator, denominator, cases (performance.details.parts). */
type Parts = ReadonlyMap<string, readonly [number, number, number]>;

export type Step = {
	id: string;
	name: string;
	/** Deals that came in during the period. */
	count: number;
	/** Of those that left the stage in the period, the share that went on (0 to 1), and how many left; null where none left, or after which nothing comes. */
	progress: number | null;
	left: number;
	/** Too few have left to speak of a share: they are told as they are. */
	isFew: boolean;
	/** Mean days in the stage, of those that left it. */
	days: number | null;
	/** Where most is lost on the way: the stage with the lowest progress among those that enough have left. */
	isNarrow: boolean;
	list: ListTarget | null;
};

/** Fewer departures than this say nothing about a stage. */
const enough = 5;

/** The steps of the funnel: the stages in their order, without those of losing. */
export function stepsOf(stages: readonly Stage[], { entries, progress, stays }: { entries: Parts; progress: Parts; stays: Parts }, listOf: (stage: Stage) => ListTarget | null): Step[] {
	const steps = stages
		.filter(({ isLost }) => !isLost)
		.map((stage): Step => {
			const [went = 0, left = 0] = progress.get(stage.id) ?? [];
			const [minutes = 0, ended = 0] = stays.get(stage.id) ?? [];
			return {
				id: stage.id,
				name: stage.name,
				count: entries.get(stage.id)?.[0] ?? 0,
				progress: stage.isWon || left === 0 ? null : went / left,
				left,
				isFew: left < enough,
				days: stage.isWon || ended === 0 ? null : minutes / ended / 1440,
				isNarrow: false,
				list: listOf(stage),
			};
		});
	const judged = steps.filter(({ progress: share, isFew }) => share !== null && !isFew);
	const lowest = Math.min(...judged.map(({ progress: share }) => share ?? 1));
	const narrow = judged.length > 1 ? judged.find(({ progress: share }) => share === lowest) : undefined;
	return steps.map((step) => ({ ...step, isNarrow: step === narrow }));
} // prettier-ignore
