import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { areThere, eInvoices, filesIn } from '../einvoice/shared-data.ts';
import { endReading, readDocument } from '../read.ts';
import { chance, mutated } from './hostile.ts';

afterAll(endReading);

const own = { name: 'Orchestre', siren: null, vatNumber: null, iban: null, emailDomain: null };
const count = 500;

/** ../shared/data/e-invoices; without it there is nothing to mutate (shared-data.ts says so). */
test.skipIf(!areThere)(
	'five hundred scrambled e-invoices each get an answer: what was read, or a refusal in words',
	async () => {
		const files = ['corpus', 'mustang', 'akretion']
			.flatMap((folder) => filesIn(folder, /\.(pdf|xml)$/i))
			.filter((file) => statSync(join(eInvoices, file)).size < 80_000);
		const next = chance(42);
		const results = new Map<string, number>();
		for (let round = 0; round < count; round++) {
			const file = files[Math.floor(next() * files.length)] ?? '';
			const read = await readDocument({ bytes: mutated(readFileSync(join(eInvoices, file)), next), name: basename(file) }, own);
			const isTold = read.refusal ? read.refusal.message.fr.length > 40 : read.text.trim() !== '' || read.einvoice !== null;
			expect(isTold, `${file}, round ${round}`).toBe(true);
			const kind = read.refusal ? 'refused' : read.method;
			results.set(kind, (results.get(kind) ?? 0) + 1);
		}
		// They are scrambled enough to be refused now and then, and little enough to be read mostly.
		expect(results.get('refused')).toBeGreaterThan(count / 20);
		expect(results.get('xml')).toBeGreaterThan(count / 3);
	},
	180_000,
);
