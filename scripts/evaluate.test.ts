import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { madeUp } from '../extensions/orchestre/src/learners/made-up.ts';
import type { Report } from './evaluate/print.ts';
import { namesIn } from './evaluate/read.ts';
import { isIdentifier, readingOf, toMs, toNumber } from './evaluate/values.ts';

const folder = mkdtempSync(join(tmpdir(), 'orchestre-evaluate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The made-up table as a CSV file; the outcome is « oui » or « non ». */
function csv(rows: number, seed: number, { separator = ',', mark = '', isNoise = false } = {}): string {
	const { table, labels } = madeUp(rows, seed, isNoise ? 0 : 1);
	const head = ['id', 'budget', 'source', 'visites', 'remarque; libre', 'jour', 'issue'].join(separator).replace('remarque; libre', '"remarque; libre"');
	const lines = labels.map((label, row) => {
		const [budget, source, visits] = table.columns.map((column) => column[row]);
		const amount = separator === ';' ? String(budget ?? '').replace('.', ',') : String(budget ?? '');
		const day = new Date(Date.UTC(2025, 0, 1 + Math.floor((row * 300) / rows))).toISOString().slice(0, 10);
		return [`L${seed}-${row}`, amount, source ?? '', visits, '"à « rappeler »,\nmardi; ou ""mercredi"""', day, label ? 'oui' : 'non'].join(separator);
	});
	return `${mark}${head}\r\n${lines.join('\r\n')}\r\n`;
}

let serial = 0;
function file(text: string): string {
	const path = join(folder, `${serial++}.csv`);
	writeFileSync(path, text);
	return path;
}

type Run = { code: number | null; out: string; err: string };
const evaluate = (...args: string[]): Promise<Run> =>
	new Promise((resolve) => {
		const child = spawn(process.execPath, [join(import.meta.dirname, 'evaluate.ts'), ...args], { env: { PATH: process.env.PATH, INIT_CWD: folder } });
		let [out, err] = ['', ''];
		child.stdout.on('data', (part: Buffer) => (out += part.toString()));
		child.stderr.on('data', (part: Buffer) => (err += part.toString()));
		child.on('close', (code) => resolve({ code, out, err }));
	});
const issue = ['--target', 'issue', '--positive', 'oui'];
const train = file(csv(900, 1));
const test2 = file(csv(600, 2));

describe('npm run evaluate', () => {
	test('prints the figures with intervals and the verdict', async () => {
		const { code, out } = await evaluate('--train', train, '--test', test2, ...issue);
		expect(code).toBe(0);
		for (const word of ['AUC', 'PR AUC', 'accuracy', 'Brier', 'ECE', 'lift@10', 'recall@20', 'µs/row', '✓ Modèle accepté']) expect(out).toContain(word);
	});

	test('prints the same as JSON, from semicolons, a byte order mark and quoted line ends too', async () => {
		const json = async (...args: string[]): Promise<Report> => JSON.parse((await evaluate(...args, ...issue, '--json')).out) as Report;
		const [plain, french] = await Promise.all([
			json('--train', train, '--test', test2),
			json('--train', file(csv(900, 1, { separator: ';', mark: '\uFEFF' })), '--test', file(csv(600, 2, { separator: ';' }))),
		]);
		expect(plain).toMatchObject({ train: { rows: 900 }, test: { rows: 600 }, verdict: { accepted: true, state: 'accepted' } });
		expect(plain.metrics.auc.low).toBeGreaterThan(0.65);
		expect(french.metrics).toEqual(plain.metrics);
		expect(plain.notes.join(' ')).toContain('« id »');
	});

	test('refuses noise, and fields that know the outcome', async () => {
		const noise = await evaluate(
			'--train',
			file(csv(900, 3, { isNoise: true })),
			'--test',
			file(csv(600, 4, { isNoise: true })),
			...issue,
			'--time',
			'jour',
			'--json',
		);
		expect(noise.code).toBe(0);
		const report = JSON.parse(noise.out) as Report;
		expect(report.verdict).toMatchObject({ accepted: false, state: 'refused' });
		expect(report.train.days).toBe(299);
		expect(report.notes.join(' ')).toContain('avant la fin de l’apprentissage');
		const leaking = (text: string): string =>
			file(text.replace(/(oui|non|issue)(\r\n)/g, (_, end: string, mark: string) => `${end},${end === 'issue' ? 'motif' : end === 'oui' ? 1 : 0}${mark}`));
		const leak = await evaluate('--train', leaking(csv(900, 1)), '--test', leaking(csv(600, 2)), ...issue);
		expect(leak.out).toMatch(/✗ Modèle refusé\. La colonne « motif »/);
		const dropped = await evaluate('--train', leaking(csv(900, 1)), '--test', leaking(csv(600, 2)), ...issue, '--drop', 'motif,id');
		expect(dropped.out).toContain('✓ Modèle accepté');
	});

	test.each([
		['no arguments', [], 'Il manque --train'],
		['an unknown option', ['--trian', train], 'Option inconnue'],
		['a file that is not there', ['--train', 'rien.csv', '--test', test2, ...issue], 'n’existe pas'],
		['a folder', ['--train', folder, '--test', test2, ...issue], 'est un dossier'],
		['an empty file', ['--train', file(''), '--test', test2, ...issue], 'vide'],
		['headers alone', ['--train', file('a,issue\n'), '--test', test2, ...issue], 'aucune ligne'],
		['a missing target', ['--train', train, '--test', test2, '--target', 'resultat', '--positive', 'oui'], 'pas de colonne « resultat »'],
		['a missing time', ['--train', train, '--test', test2, ...issue, '--time', 'quand'], 'pas de colonne « quand »'],
		['a time that is none', ['--train', train, '--test', test2, ...issue, '--time', 'source'], 'pas de date lisible'],
		['a column to drop that is not there', ['--train', train, '--test', test2, ...issue, '--drop', 'motif'], 'pas de colonne « motif »'],
		['a wrong positive value', ['--train', train, '--test', test2, '--target', 'issue', '--positive', 'Oui!'], 'On y trouve : « '],
		['one outcome only', ['--train', file('a,issue\n1,oui\n2,oui\n'), '--test', test2, ...issue], 'même issue'],
		['one outcome only in the test', ['--train', train, '--test', file(csv(600, 2).replaceAll(',non\r', ',oui\r')), ...issue], 'même issue'],
		['a test without a column', ['--train', train, '--test', file('issue,budget\noui,1\nnon,2\n'), ...issue], 'pas de colonne « source »'],
		['a quote that never ends', ['--train', file('a,issue\n"1,oui\n2,non\n'), '--test', test2, ...issue], 'guillemet'],
		['a picture', ['--train', file('\u0089PNG\0\0\0'), '--test', test2, ...issue], 'pas un texte'],
		['nothing to learn from', ['--train', train, '--test', test2, ...issue, '--drop', 'budget,source,visites,remarque; libre,jour,id'], 'aucune colonne'],
	])('says in one sentence what is wrong with %s', async (_, args, words) => {
		const { code, out, err } = await evaluate(...args);
		expect(code).toBe(1);
		expect(out).toBe('');
		expect(err).toContain(words);
		expect(err.trim().split('\n').length).toBeLessThanOrEqual(2);
		expect(err).not.toMatch(/inattendue|at .*\.ts/);
	});

	test('learns from 200,000 rows by taking a fair part of them', async () => {
		const { table, labels } = madeUp(200_000, 5);
		const lines = labels.map((label, row) => `${table.columns[0]?.[row] ?? ''},${table.columns[1]?.[row] ?? ''},${label}`);
		const big = file(`budget,source,issue\n${lines.join('\n')}\n`);
		const small = file(`budget,source,issue\n${lines.slice(0, 500).join('\n')}\n`);
		const { code, out, err } = await evaluate('--train', big, '--test', small, '--target', 'issue', '--positive', '1', '--json');
		expect(err).toBe('');
		expect(code).toBe(0);
		expect(JSON.parse(out) as Report).toMatchObject({ train: { rows: 200_000, rows_used: 50_000 } });
	}, 180_000);
});

test('columns to drop may have commas in their names', () => {
	const columns = { name: 'a.csv', headers: ['budget', 'issue, motif', 'jour'], cells: new Map(), rows: 0, source: 'CSV' };
	expect(namesIn(['issue, motif', 'budget, jour'], columns)).toEqual(['issue, motif', 'budget', 'jour']);
});

describe('cells', () => {
	test.each([
		['1234.5', 1234.5],
		['1 234,50 €', 1234.5],
		['1,234.50', 1234.5],
		['12 %', 12],
		['-3e2', -300],
		['1.2.3', null],
		['douze', null],
	])('%s is a number', (text, value) => expect(toNumber(text)).toBe(value));

	test('are dates in ISO, French and American order', () => {
		expect(new Date(toMs('2025-03-31') ?? 0).toISOString()).toBe('2025-03-30T22:00:00.000Z');
		expect(toMs('31/03/2025')).toBe(toMs('2025-03-31'));
		expect(toMs('3/31/2025', true)).toBe(toMs('2025-03-31'));
		expect(toMs('3/31/2025')).toBeNull();
		expect(toMs('12345')).toBeNull();
		expect(readingOf(['1/2/2025', '3/31/2025', '12/25/2025']).kind).toBe('date');
	});

	test('that name a row are told from amounts', () => {
		const amounts = Array.from({ length: 200 }, (_, row) => String(1000 + row * 7919));
		expect(isIdentifier('montant', amounts, readingOf(amounts))).toBe(false);
		expect(isIdentifier('customerID', amounts, readingOf(amounts))).toBe(true);
		expect(isIdentifier('Lead Number', amounts, readingOf(amounts))).toBe(true);
		const counter = Array.from({ length: 200 }, (_, row) => String(5000 + row));
		expect(isIdentifier('rang', counter, readingOf(counter))).toBe(true);
		expect(
			isIdentifier(
				'id',
				amounts.map(() => '4'),
				readingOf(amounts),
			),
		).toBe(false);
	});
});
