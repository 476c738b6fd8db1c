import type { Knex } from '../../platform/directus.ts';
import { formatPhone } from '../../platform/phone.ts';
import { frenchNumber } from '../../platform/text.ts';
import { isEmpty, type Values } from '../rules/choose.ts';
import type { Field } from './fields.ts';

const names: Readonly<Record<string, readonly string[]>> = {
	directus_users: ['first_name', 'last_name'],
	people: ['first_name', 'last_name'],
	leads: ['display_name'],
};
const titles = ['name', 'title', 'label', 'display_name'];

const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'medium', timeZone: 'Europe/Paris' });
const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR', maximumFractionDigits: 2 });

async function nameOf(knex: Knex, collection: string, id: string): Promise<string> {
	const row = (await knex(collection).where({ id }).first()) as Values | undefined;
	if (!row) return 'Fiche supprimée';
	const columns = names[collection] ?? titles.filter((title) => title in row).slice(0, 1);
	return (
		columns
			.map((column) => row[column])
			.filter(Boolean)
			.join(' ') || 'Fiche sans nom'
	);
}

async function one(knex: Knex, field: Field, value: unknown): Promise<string> {
	if (isEmpty(value)) return '';
	if (field.type === 'boolean') return value ? 'Oui' : 'Non';
	if (field.related) return nameOf(knex, field.related, String(value));
	if (Array.isArray(value)) return value.map((part) => field.choices.find((choice) => choice.value === part)?.text ?? String(part)).join(', ');
	const choice = field.choices.find((known) => known.value === value);
	if (choice) return choice.text;
	if (field.unit === 'phone') return formatPhone(String(value));
	if (field.unit === 'eur') return euros.format(Number(value) / 100);
	if (field.unit === 'keur') return `${frenchNumber(Number(value))} k€`;
	if (['date', 'timestamp', 'dateTime'].includes(field.type)) return day.format(new Date(String(value)));
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What people read of a field in one record; of a set, its filled parts one after the other. */
export async function shownValue(knex: Knex, field: Field, row: Values): Promise<string> {
	const words: string[] = [];
	for (const part of field.parts) {
		// Of an address at home the country goes without saying.
		if (part.field === 'country' && row['country'] === 'FR') continue;
		const word = await one(knex, part, row[part.field]);
		if (word) words.push(word);
	}
	return words.join(', ');
}
