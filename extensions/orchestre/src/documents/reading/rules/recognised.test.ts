import { expect, test } from 'vitest';
import { readTable } from './recognised.ts';

const row = (text: string, left: number, top: number, wide: number, high: number): string =>
	['5', '1', '1', '1', '1', '1', left, top, wide, high, '90', text].join('\t');

test('words whose boxes are higher than wide make a page that lies on its side; short ones and a few in a margin do not', () => {
	const level = [row('Facture', 10, 10, 70, 12), row('FA-2026-0042', 90, 10, 120, 12)];
	const margin = row('Capital', 5, 300, 12, 70);
	expect(readTable(level.join('\n'), 1000, 1000).isUpended).toBe(false);
	expect(readTable([...level, margin, row('1', 200, 10, 4, 12)].join('\n'), 1000, 1000).isUpended).toBe(false);
	expect(readTable([row('Facture', 10, 10, 12, 70), row('FA-2026-0042', 10, 90, 12, 120), row('du', 40, 10, 20, 12)].join('\n'), 1000, 1000).isUpended).toBe(
		true,
	);
});
