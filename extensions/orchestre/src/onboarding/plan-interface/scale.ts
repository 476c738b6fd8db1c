import { dayMs } from '../../platform/time/paris.ts';
import type { Language } from '../../platform/amount.ts';
import { dateFormat } from '../../platform/formats.ts';
import type { MilestoneView } from '../overview.ts';

const numberOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / dayMs;

/** Where things stand between the plan's first day and its last, in percent. */
export type Scale = { at: (iso: string) => number; months: { name: string; left: number }[] };
/** A bar: from the first day to the last, and on to where it is heading. */
export type Bar = { left: number; width: number; more: number };

/** More names than this would run into each other. */
const mostMonths = 8;

function monthsOf(from: number, to: number, language: Language): { day: number; name: string }[] {
	const first = new Date(from * dayMs);
	const names: { day: number; name: string }[] = [];
	for (let month = 0; ; month++) {
		const start = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1) / dayMs;
		if (start > to) break;
		const withYear = names.length === 0 || new Date(start * dayMs).getUTCMonth() === 0;
		const name = dateFormat(language, { month: 'short', timeZone: 'UTC', ...(withYear && { year: 'numeric' }) }).format(start * dayMs);
		names.push({ day: Math.max(start, from), name });
	}
	const every = Math.ceil(names.length / mostMonths);
	// A month of which hardly a week is left has no room for its name.
	return names
		.filter((_, index) => index % every === 0)
		.filter(({ day }, index, all) => index > 0 || (all[1]?.day ?? Number.POSITIVE_INFINITY) - day >= (to - from) / mostMonths);
}

/** The scale of a plan; today belongs to it while the plan is not over. */
export function scaleOf(milestones: readonly MilestoneView[], today: string, isOver: boolean, language: Language): Scale | null {
	const days = milestones.flatMap(({ starts, due, done, expected }) => [starts, due, done, expected]).filter((day) => day !== null);
	if (days.length === 0) return null;
	const numbers = [...days, ...(isOver ? [] : [today])].map(numberOf);
	const [from, to] = [Math.min(...numbers), Math.max(...numbers) + 1];
	const percent = (day: number): number => ((day - from) * 100) / (to - from);
	return {
		at: (iso) => percent(numberOf(iso)),
		months: monthsOf(from, to, language)
			.map(({ day, name }) => ({ name, left: percent(day) }))
			.filter(({ left }) => left < 92),
	};
}

const next = (iso: string): string => new Date((numberOf(iso) + 1) * dayMs).toISOString().slice(0, 10);

/** The bar of a milestone; null without a date. A single day stays visible. */
export function barOf({ starts, due, done, expected, status }: MilestoneView, { at }: Scale): Bar | null {
	const to = status === 'done' ? (done ?? due) : due;
	if (!to) return null;
	const from = starts && starts < to ? starts : to;
	const left = at(from);
	const end = at(next(to));
	return { left, width: Math.max(end - left, 1), more: expected && expected > to ? at(next(expected)) - end : 0 };
}
