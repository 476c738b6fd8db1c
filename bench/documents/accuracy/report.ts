import type { DocumentClass, FieldName } from '../../../extensions/orchestre/src/documents/types.ts';
import type { ClassVerdict, Verdict } from './judge.ts';

export type Bar = { set: string; medium: Verdict['medium']; field: FieldName; first: number; aim: number; pick: (verdict: Verdict) => boolean };

const ofPublic = (field: FieldName, medium: Verdict['medium'], first: number, aim: number): Bar => ({
	set: 'public e-invoices',
	medium,
	field,
	first,
	aim,
	pick: ({ set }) => set === 'public',
});

/** The bars of design/intelligence.md. The made papers of the held layouts stand for what the public set lacks. */
export const bars: readonly Bar[] = [
	ofPublic('number', 'text', 85, 97),
	ofPublic('issued_on', 'text', 95, 99),
	ofPublic('gross', 'text', 90, 98),
	ofPublic('supplier_name', 'text', 75, 95),
	ofPublic('number', 'scan', 75, 92),
	ofPublic('issued_on', 'scan', 92, 98),
	ofPublic('gross', 'scan', 80, 95),
	{
		set: 'made receipts, held layouts',
		medium: 'scan',
		field: 'gross',
		first: 65,
		aim: 90,
		pick: ({ set, class: kind }) => set === 'held' && kind === 'receipt',
	},
];

const share = (right: number, count: number): string => (count === 0 ? '—' : `${((100 * right) / count).toFixed(1)} %`);
const line = (cells: readonly string[], widths: readonly number[]): string =>
	cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 10) : cell.padStart(widths[at] ?? 10))).join('  ');

/** Share that is right against the bars; the bars that are missed are returned for the exit code. */
export function barLines(verdicts: readonly Verdict[]): { lines: string[]; missed: string[] } {
	const missed: string[] = [];
	const widths = [52, 10, 10, 6, 6, 8];
	const lines = [line(['set, medium, field', 'right', 'share', 'bar', 'aim', ''], widths)];
	for (const { set, medium, field, first, aim, pick } of bars) {
		const list = verdicts.filter((one) => one.medium === medium && one.name === field && pick(one));
		if (list.length === 0) continue;
		const right = list.filter((one) => one.right).length;
		const percent = (100 * right) / list.length;
		if (percent < first) missed.push(`${set}, ${medium}, ${field}: ${percent.toFixed(1)} % < ${first} %`);
		lines.push(
			line(
				[
					`${set}, ${medium}, ${field}`,
					`${right}/${list.length}`,
					share(right, list.length),
					String(first),
					String(aim),
					percent >= aim ? 'aim' : percent >= first ? 'bar' : 'MISSED',
				],
				widths,
			),
		);
	}
	return { lines, missed };
}

/** All fields of all sets. A group is a layout or a firm's samples: the mean over groups weighs each alike, however many files repeat it. */
export function fieldLines(verdicts: readonly Verdict[]): string[] {
	const widths = [44, 10, 10, 12, 8];
	const lines = [line(['set, medium, field', 'right', 'share', 'by layout', 'layouts'], widths)];
	for (const [key, list] of [...Map.groupBy(verdicts, ({ set, medium, name }) => `${set}, ${medium}, ${name}`).entries()].toSorted(([one], [other]) =>
		one < other ? -1 : 1,
	)) {
		const groups = [...Map.groupBy(list, ({ group }) => group).values()];
		const mean = groups.reduce((sum, group) => sum + group.filter(({ right }) => right).length / group.length, 0) / groups.length;
		const right = list.filter((one) => one.right).length;
		lines.push(line([key, `${right}/${list.length}`, share(right, list.length), `${(100 * mean).toFixed(1)} %`, String(groups.length)], widths));
	}
	return lines;
}

/** Fields that are marked sure at a threshold: how many, and how many of these are right. Confidences come from other layouts' fit. */
export function sureLines(confidences: ReadonlyMap<Verdict, number | null>, threshold: number): { lines: string[]; precision: number } {
	const lines: string[] = [];
	let [right, count] = [0, 0];
	for (const [key, list] of Map.groupBy(confidences.keys(), ({ set, medium }) => `${set}, ${medium}`)) {
		const sure = list.filter((verdict) => (confidences.get(verdict) ?? 0) >= threshold);
		const good = sure.filter((verdict) => verdict.right).length;
		right += good;
		count += sure.length;
		lines.push(`${key}: sure ${share(sure.length, list.length)} of ${list.length} fields, right ${good}/${sure.length} (${share(good, sure.length)})`);
	}
	lines.push(`all: right ${right}/${count} (${share(right, count)}), bar 97 %, aim 99.5 %`);
	return { lines, precision: count === 0 ? 0 : right / count };
}

/** Rows: what a paper is; columns: what it was taken for. */
export function confusionLines(kinds: readonly ClassVerdict[]): string[] {
	const names = [...new Set(kinds.flatMap(({ wanted, got }) => [wanted, got]))].toSorted() as DocumentClass[];
	const widths = [18, ...names.map(() => 9)];
	const short = (name: string): string => name.replace('_invoice', '').replace('bank_', '').replace('business_', '').slice(0, 9);
	return [
		line(['is \\ taken for', ...names.map(short)], widths),
		...names.map((wanted) =>
			line([wanted, ...names.map((got) => String(kinds.filter((one) => one.wanted === wanted && one.got === got).length || '·'))], widths),
		),
	];
}

/** What was misread, with why as far as the evidence tells: nothing found, another label nearer, no sum that proves it. */
export function missLines(verdicts: readonly Verdict[]): string[] {
	const why = ({ got, evidence }: Verdict): string =>
		got === undefined
			? 'nothing found'
			: (evidence.label ?? 1) < 0.3
				? 'no label'
				: evidence.sum !== undefined && evidence.sum < 0.5
					? 'adds up to nothing'
					: (evidence.margin ?? 1) < 0.1
						? 'another as likely'
						: 'took another';
	return verdicts
		.filter(({ right }) => !right)
		.map(
			(one) =>
				`${one.set} ${one.medium} ${one.name}: wanted ${String(one.wanted).replaceAll('\n', ' ')}, got ${String(one.got)} (${why(one)}) in ${one.document}`,
		);
}
