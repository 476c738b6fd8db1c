import { sigmoid } from './learner.ts';
import { randomFrom } from './random.ts';
import type { Cell, Table } from './table.ts';

/** A table with planted signals for tests: a number with a threshold, a category, missing values that mean something, and noise. */
export function madeUp(rows: number, seed = 1, strength = 1): { table: Table; labels: number[] } {
	const random = randomFrom(seed);
	const sources = ['salon', 'site', 'appel', 'partenaire', 'annuaire'];
	const data = Array.from({ length: rows }, () => {
		const budget = random() < 0.15 ? null : Math.round(random() * 100_000) / 100;
		const source = random() < 0.1 ? null : (sources[Math.floor(random() ** 1.5 * 5)] as string);
		const visits = Math.floor(random() * 12);
		const noise = random();
		const score =
			(budget === null ? -1.5 : budget > 600 ? 1.2 : -0.4) +
			(source === 'salon' ? 0.9 : source === 'annuaire' ? -1 : 0) +
			(visits > 5 && source === 'site' ? 1.1 : 0) -
			0.3;
		return { cells: [budget, source, visits, noise] as Cell[], label: random() < sigmoid(score * strength) ? 1 : 0 };
	});
	const fields = [
		{ name: 'budget', kind: 'number' as const },
		{ name: 'source', kind: 'category' as const },
		{ name: 'visites', kind: 'number' as const },
		{ name: 'bruit', kind: 'number' as const },
	];
	return { table: { fields, rows, columns: fields.map((_, index) => data.map(({ cells }) => cells[index] as Cell)) }, labels: data.map(({ label }) => label) };
}
