import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderMessage } from '../extensions/orchestre/src/sequences/rules/render.ts';
import { templateFaults } from '../extensions/orchestre/src/sequences/rules/template-faults.ts';

type Row = Record<string, string | number | null>;
const seeds = parse(readFileSync(join(import.meta.dirname, '37-sequences.yaml'), 'utf8')) as { collection: string; rows: Row[] }[];
const rows = (collection: string): Row[] => seeds.find((seed) => seed.collection === collection)?.rows ?? [];
const texts = [
	...rows('message_templates').map(({ name, subject, body }) => ({ name: String(name), subject: String(subject), body: String(body) })),
	...rows('sequence_steps').flatMap(({ task_title }) => (task_title ? [{ name: String(task_title), subject: String(task_title), body: '' }] : [])),
];

it.each(texts)('$name can go to somebody of whom only the address is known', ({ subject, body }) => {
	expect([...templateFaults(subject), ...templateFaults(body)]).toEqual([]);
	const { missing, faults, subject: line, text } = renderMessage({ subject, body }, { 'societe.nom': 'Atelier' });
	expect({ missing, faults }).toEqual({ missing: [], faults: [] });
	expect(`${line}${text}`).not.toMatch(/\{|\s,|undefined|null/);
});

it('ships sequences as drafts', () => expect(rows('sequences').map(({ status }) => status)).toEqual(['draft', 'draft']));
