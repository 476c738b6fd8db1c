/** Nine in the morning so many days from now, on the reader's clock; Saturdays and Sundays become the Monday after. */
export function morningIn(days: number, now: Date): Date {
	const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
	const past = { 6: 2, 0: 1 }[date.getDay()] ?? 0;
	date.setDate(date.getDate() + past);
	return date;
}
