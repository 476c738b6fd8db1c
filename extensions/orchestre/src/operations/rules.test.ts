import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { settleTask, subjectFaults, subjects } from './rules.ts';
import { computedFields } from './tasks.ts';

const [earlier, now] = [new Date('2026-03-01T08:00:00Z'), new Date('2026-03-02T08:00:00Z')];

describe('a task is about one thing', () => {
	it('or none', () => {
		expect(subjectFaults({}, null)).toEqual([]);
		expect(subjectFaults({ lead: 'a', company: null }, null)).toEqual([]);
	});
	it('and is refused with two', () =>
		expect(subjectFaults({ lead: 'a', company: 'b' }, null)).toEqual([
			{ field: 'company', message: 'Une tâche ne concerne qu’un élément : choisissez entre un lead et une entreprise.' },
		]));
	it('or with another beside the one it has', () =>
		expect(subjectFaults({ company: 'b' }, { lead: 'a' })).toEqual([
			{ field: 'company', message: 'Cette tâche concerne déjà un lead : videz d’abord ce lien, une tâche ne concerne qu’un élément.' },
		]));
	it('but can change from one to the other', () => expect(subjectFaults({ company: 'b', lead: null }, { lead: 'a' })).toEqual([]));
	it('and other changes do not ask', () => expect(subjectFaults({ title: 'x' }, { lead: 'a' })).toEqual([]));
});

describe('a task', () => {
	const task = { status: 'todo', done_at: null, team: null };
	it('is done at a moment, which later changes keep', () => {
		expect(settleTask({ ...task, status: 'done' }, null, now).done_at).toEqual(now);
		expect(settleTask({ ...task, status: 'done', done_at: earlier }, null, now).done_at).toEqual(earlier);
	});
	it.each(['todo', 'in_progress', 'cancelled'])('that is %s was not done', (status) =>
		expect(settleTask({ ...task, status, done_at: earlier }, null, now).done_at).toBeNull(),
	);
	it('goes to its assignee’s team unless it has one', () => {
		expect(settleTask(task, 'nord', now).team).toBe('nord');
		expect(settleTask({ ...task, team: 'sud' }, 'nord', now).team).toBe('sud');
	});
});

type Field = { field: string; kind: string; readonly?: boolean };
const fields = (parse(readFileSync(new URL('../../../../schema-snapshots/tasks.yaml', import.meta.url), 'utf8')) as { fields: Field[] }).fields;

describe('the schema of tasks', () => {
	it('calls read-only exactly what is refused from outside', () =>
		expect(
			fields
				.filter(({ readonly }) => readonly)
				.map(({ field }) => field)
				.toSorted(),
		).toEqual([...computedFields].toSorted()));
	it('has every subject', () => expect(fields.map(({ field }) => field)).toEqual(expect.arrayContaining(Object.keys(subjects))));
});
