/**
 * npm run evaluate -- --train a.csv --test b.csv --target COL --positive VALUE [--time COL] [--drop a,b] [--json]: learns from one
 * CSV file as Orchestre does from the company's own history, and measures on another that it has not seen.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NotLearnable } from '../extensions/orchestre/src/learners/table.ts';
import { developInThread } from '../extensions/orchestre/src/learners/thread.ts';
import { linesOf, reportOf } from './evaluate/print.ts';
import { EvaluationFailure, namesIn, readColumns, sampleOf, schemaOf, type Plan } from './evaluate/read.ts';

const usage = 'Utilisation : npm run evaluate -- --train a.csv --test b.csv --target COLONNE --positive VALEUR [--time COLONNE] [--drop a,b] [--json]';

function readArguments(): Plan & { train: string; test: string; json: boolean } {
	const text = { type: 'string' } as const;
	let values: { train?: string; test?: string; target?: string; positive?: string; time?: string; drop?: string[]; json?: boolean };
	try {
		({ values } = parseArgs({
			options: { train: text, test: text, target: text, positive: text, time: text, drop: { type: 'string', multiple: true }, json: { type: 'boolean' } },
		}));
	} catch (error) {
		throw new EvaluationFailure(`Option inconnue ou sans valeur (${(error as Error).message.split('.')[0]}).\n${usage}`);
	}
	const needed = (name: 'train' | 'test' | 'target' | 'positive'): string => {
		const value = values[name];
		if (value === undefined || value === '') throw new EvaluationFailure(`Il manque --${name}.\n${usage}`);
		return value;
	};
	// npm changes into the checkout; the path is meant from where it was typed.
	const path = (name: 'train' | 'test'): string => resolve(process.env.INIT_CWD ?? process.cwd(), needed(name));
	return {
		train: path('train'),
		test: path('test'),
		target: needed('target'),
		positive: needed('positive'),
		time: values.time ?? null,
		drop: values.drop ?? [],
		json: values.json ?? false,
	};
}

try {
	const { train, test, json, ...asked } = readArguments();
	const trainColumns = readColumns(train);
	const plan = { ...asked, drop: namesIn(asked.drop, trainColumns) };
	const testColumns = readColumns(test);
	const schema = schemaOf(trainColumns, plan);
	const learnt = sampleOf(trainColumns, schema, plan);
	const held = sampleOf(testColumns, schema, plan);
	const { card } = await developInThread({ train: learnt.sample, test: held.sample, hasDates: learnt.isDated }, { heapMb: 2048, timeoutMs: 600_000 });
	const report = reportOf(card, [trainColumns, testColumns], [learnt, held], schema.notes);
	console.log(json ? JSON.stringify(report, null, '\t') : linesOf(report, card).join('\n'));
} catch (error) {
	const isForeseen = error instanceof EvaluationFailure || error instanceof NotLearnable;
	console.error(
		`\n✗ ${isForeseen ? error.message : `Erreur inattendue : ${error instanceof Error ? error.message : String(error)} (DEBUG=1 en montre le détail).`}`,
	);
	if (process.env.DEBUG) console.error(error);
	process.exitCode = 1;
}
