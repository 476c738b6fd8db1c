/**
 * SQL for an answer on one scale of 0 to 100, of whatever survey: recommendation 0–10, satisfaction 1–5, ease 1–7. What lies outside of its
 * question's marks counts as the nearest. `row`: the alias of `survey_answers`.
 */
export function scoreOf100(row: string): string {
	const bounded = (lowest: number, highest: number): string =>
		`(case when ${row}.score <= ${lowest} then 0 when ${row}.score >= ${highest} then 100 else (${row}.score - ${lowest}) * 100.0 / ${highest - lowest} end)`;
	return `(case ${row}.kind when 'nps' then ${bounded(0, 10)} when 'csat' then ${bounded(1, 5)} else ${bounded(1, 7)} end)`;
}
