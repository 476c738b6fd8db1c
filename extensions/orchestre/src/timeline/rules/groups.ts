import type { Language } from '../../platform/amount.ts';
import { dateFormat } from '../../platform/formats.ts';
import type { TimelineEvent } from './types.ts';

const words = { fr: { ahead: 'À venir', today: 'Aujourd’hui', yesterday: 'Hier' }, en: { ahead: 'Coming up', today: 'Today', yesterday: 'Yesterday' } };

export type Group<Event> = { key: string; label: string; events: Event[] };

const plainDay = /^\d{4}-\d{2}-\d{2}$/;

/** An event's moment in the reader's own time; a plain day is that day there, not midnight in Greenwich. */
export const localMoment = (at: string): Date => new Date(plainDay.test(at) ? `${at}T12:00:00` : at);
export const hasHour = (at: string): boolean => !plainDay.test(at);

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
const dayNumber = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;

function groupOf(date: Date, now: Date, language: Language): { key: string; label: string } {
	const days = dayNumber(now) - dayNumber(date);
	const say = (options: Intl.DateTimeFormatOptions): string => capital(dateFormat(language, options).format(date));
	if (days < 0) return { key: 'ahead', label: words[language].ahead };
	if (days === 0) return { key: 'today', label: words[language].today };
	if (days === 1) return { key: 'yesterday', label: words[language].yesterday };
	if (days < 7) return { key: `day-${dayNumber(date)}`, label: say({ weekday: 'long', day: 'numeric', month: 'long' }) };
	return { key: `month-${date.getFullYear()}-${date.getMonth()}`, label: say({ month: 'long', year: 'numeric' }) };
}

/** Events as they come, newest first, below headings: what is ahead, today, yesterday, the days of a week, then months. */
export function grouped<Event extends Pick<TimelineEvent, 'at'>>(events: readonly Event[], now: Date, language: Language): Group<Event>[] {
	const groups: Group<Event>[] = [];
	for (const event of events) {
		const { key, label } = groupOf(localMoment(event.at), now, language);
		const last = groups.at(-1);
		if (last?.key === key) last.events.push(event);
		else groups.push({ key, label, events: [event] });
	}
	return groups;
}

/** What stands beside an event below its heading: the hour where the heading is the day, else the day (with the year when ahead). */
export function stampOf(at: string, now: Date, language: Language): string {
	const date = localMoment(at);
	const days = dayNumber(now) - dayNumber(date);
	const say = (options: Intl.DateTimeFormatOptions): string => dateFormat(language, options).format(date);
	if (days >= 0 && days < 7) return hasHour(at) ? say({ hour: '2-digit', minute: '2-digit' }) : '';
	const year = days < 0 && date.getFullYear() !== now.getFullYear();
	return say({ day: 'numeric', month: 'short', ...(year && { year: 'numeric' }) });
}
