import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/support/environment.mjs';
import { cases, type Wanted } from './cases.ts';
import { judged, outOfFold, type ClassVerdict, type Verdict } from './judge.ts';
import { barLines, confusionLines, fieldLines, missLines, sureLines } from './report.ts';

export type AccuracyOptions = {
	/** Print every misread field. */ misses?: boolean;
	/** Text layers alone: seconds instead of minutes. */ textOnly?: boolean;
	/** A folder that keeps what was read for the next run. */ cache?: string;
	/** Papers of each made layout. */ perLayout?: number;
};
export type Accuracy = { lines: string[]; missed: string[]; precision: number };

/** Where the public labels lie (see ../shared/data/README.md). */
export const publicLabels = (): string => join(process.env.SHARED_DIR ?? join(root, '..', 'shared'), 'data', 'e-invoices');

/** From this probability on a field counts as sure, as in the settings. */
const threshold = 0.97;

/**
 * How much is read right: on public e-invoices (text layer, and the same pages as 200 dpi scans) and on made French papers. Nothing is
 * compared with its own fit: confidences are of models that saw other layouts. `missed` names the bars that were not reached.
 */
export async function accuracy({ misses = false, textOnly = false, cache, perLayout = 2 }: AccuracyOptions = {}): Promise<Accuracy> {
	const data = publicLabels();
	const there = existsSync(join(data, 'labels.csv'));
	const wanted: Wanted = {
		data,
		perLayout,
		...(cache ? { cache } : {}),
		media: textOnly ? ['text'] : ['text', 'scan'],
		sets: there ? ['public', 'known', 'held'] : ['known', 'held'],
	};
	const verdicts: Verdict[] = [];
	const kinds: ClassVerdict[] = [];
	for await (const one of cases(wanted)) {
		const { verdicts: found, kind } = judged(one);
		verdicts.push(...found);
		if (kind) kinds.push(kind);
	}
	const { lines, missed } = barLines(verdicts);
	const sure = sureLines(outOfFold(verdicts), threshold);
	const held = kinds.filter(({ set }) => set === 'held');
	return {
		missed: sure.precision < 0.97 ? [...missed, `sure fields right: ${(100 * sure.precision).toFixed(1)} % < 97 %`] : missed,
		precision: sure.precision,
		lines: [
			...(there ? [] : [`The public set is missing (${data}): only made papers are measured.`, '']),
			'Accuracy against the bars of design/intelligence.md',
			...lines,
			'',
			`Fields marked sure (probability ≥ ${threshold}, fitted on other layouts)`,
			...sure.lines,
			'',
			'What a paper is, held layouts',
			...confusionLines(held),
			'',
			'All fields',
			...fieldLines(verdicts),
			...(misses ? ['', 'Misread', ...missLines(verdicts)] : []),
		],
	};
}
