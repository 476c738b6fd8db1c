import { describe, expect, it } from 'vitest';
import { factKinds } from './facts.ts';
import { choiceLabels, factLabels, fieldLabels, labelOf } from './labels.ts';
import { readYaml } from './test-leads.ts';

type Choice = { value: string; fr: string };
type Field = { field: string; kind: string; label?: { fr: string }; choices?: Choice[]; note?: { fr: string } };
const fieldsOf = (collection: string): Field[] => (readYaml(`schema-snapshots/${collection}.yaml`) as { fields: Field[] }).fields;
const leads = fieldsOf('leads');

describe('the French labels of the rules', () => {
	it('are those of the schema, for every field they name', () => {
		const schema = Object.fromEntries(leads.map(({ field, label }) => [field, label?.fr]));
		for (const [field, label] of Object.entries(fieldLabels)) expect({ [field]: label }).toEqual({ [field]: schema[field] });
	});
	it('name every choice of the schema, and no other', () => {
		const schema = Object.fromEntries(
			leads.flatMap(({ field, choices }) => (choices && field !== 'grade' ? [[field, Object.fromEntries(choices.map(({ value, fr }) => [value, fr]))]] : [])),
		);
		expect(choiceLabels).toEqual(schema);
	});
	it('name every value of a derived fact that the schema lists', () => {
		const choices = fieldsOf('scoring_rules').find(({ field }) => field === 'field')?.choices ?? [];
		for (const [fact, labels] of Object.entries(factLabels)) {
			const values = /\(([^)]+)\)/.exec(choices.find(({ value }) => value === fact)?.fr ?? '')?.[1]?.split(', ');
			expect(Object.keys(labels)).toEqual(values);
		}
	});
	it('give the value itself when nobody named it', () => expect(labelOf('source', 'tiktok')).toBe('tiktok'));
});

describe('facts', () => {
	it('are the choices of the criteria’s field, one for one', () => {
		const choices = fieldsOf('scoring_rules').find(({ field }) => field === 'field')?.choices ?? [];
		expect(Object.keys(factKinds)).toEqual(choices.map(({ value }) => value));
	});
});
