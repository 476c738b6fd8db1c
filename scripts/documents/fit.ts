/**
 * npm run documents:fit [-- --cache FOLDER]: fits how sure each field is on the public labels and the made papers (text and scans) and
 * writes extensions/orchestre/src/documents/understanding/confidence.json. Prints, from a fit on other layouts, how many fields would be
 * sure and how many of these are right.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cases } from '../../bench/documents/accuracy/cases.ts';
import { publicLabels } from '../../bench/documents/accuracy/index.ts';
import { judged, outOfFold, type Verdict } from '../../bench/documents/accuracy/judge.ts';
import { sureLines } from '../../bench/documents/accuracy/report.ts';
import { endReading } from '../../extensions/orchestre/src/documents/reading/index.ts';
import { fitConfidence } from '../../extensions/orchestre/src/documents/understanding/fit.ts';
import { root } from '../support/environment.mjs';

const { values } = parseArgs({ options: { cache: { type: 'string' }, 'per-layout': { type: 'string', default: '3' } } });

if (!existsSync(join(publicLabels(), 'labels.csv'))) {
	console.error(`The public labels are missing: ${publicLabels()} (SHARED_DIR names the folder that holds data/).`);
	process.exit(2);
}

const verdicts: Verdict[] = [];
for await (const one of cases({ data: publicLabels(), perLayout: Number(values['per-layout']), ...(values.cache ? { cache: values.cache } : {}) }))
	verdicts.push(...judged(one).verdicts);
await endReading();

for (const threshold of [0.9, 0.95, 0.97, 0.99]) console.log([`probability ≥ ${threshold}`, ...sureLines(outOfFold(verdicts), threshold).lines].join('\n  '));

const { fields } = fitConfidence(verdicts.filter(({ got }) => got !== undefined));
const path = join(root, 'extensions/orchestre/src/documents/understanding/confidence.json');
await writeFile(path, `${JSON.stringify({ version: 1, fields }, null, '\t')}\n`);
console.log(`${Object.keys(fields).length} fields, ${verdicts.length} readings: ${path}`);
