import { dayMs, fromParis, toParis } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { isWorkingDayNumber } from '../../extensions/orchestre/src/platform/time/working-time.ts';
import { office } from './calendar.ts';

const quarter = 15 * 60_000;
const hour = 4 * quarter;
const opens = 9 * hour;
const closes = 18 * hour;
const lunch = { from: 12.5 * hour, to: 13.5 * hour };

/** Who is taken when: meetings begin at a quarter of an hour, on working days, beside lunch, and nobody is in two at once. */
export class Agenda {
	readonly #taken = new Set<string>();

	/**
	 * The first free slot of `minutes` for all of these people from this moment on, taken at once. Null when there is none
	 * before `limit`.
	 */
	book(users: readonly string[], from: Date, minutes: number, limit: Date): Date | null {
		const start = toParis(from);
		const length = minutes * 60_000;
		for (let day = start.day, time = Math.max(opens, Math.ceil(start.time / quarter) * quarter); day < start.day + 30; day++, time = opens) {
			if (!isWorkingDayNumber(day, office)) continue;
			for (; time + length <= closes; time += quarter) {
				if (time < lunch.to && time + length > lunch.from) continue;
				const at = fromParis(day, time);
				if (at > limit) return null;
				const keys = users.flatMap((user) => Array.from({ length: length / quarter }, (_, part) => `${user} ${day * dayMs + time + part * quarter}`));
				if (keys.some((key) => this.#taken.has(key))) continue;
				for (const key of keys) this.#taken.add(key);
				return at;
			}
		}
		return null;
	}
}

/** Minutes that a meeting of this kind takes in the calendar. */
export const slotMinutes = (kind: string): number => (kind === 'visit' ? 120 : 60);
