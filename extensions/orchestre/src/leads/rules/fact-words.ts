import type { Fact, FactName } from './facts.ts';
import { labelOf } from './labels.ts';
import { frenchDate } from '../../platform/time/paris.ts';
import { collapse, counted, frenchNumber, shorten } from '../../platform/text.ts';

type Words = (value: number) => string;
const count =
	(one: string, many: string): Words =>
	(value) =>
		counted(value, one, many);

const numbers: Partial<Record<FactName, Words>> = {
	employees: count('salarié', 'salariés'),
	revenue_keur: (value) => `${frenchNumber(value)} k€ de chiffre d’affaires`,
	budget: (value) => `${frenchNumber(value)} €`,
	completeness: (value) => `fiche remplie à ${value} %`,
	pages_viewed: count('page vue', 'pages vues'),
	emails_opened: count('e-mail ouvert', 'e-mails ouverts'),
	emails_clicked: count('clic', 'clics'),
	content_downloads: count('document téléchargé', 'documents téléchargés'),
	interactions_inbound: count('message reçu', 'messages reçus'),
	interactions_meetings: count('rendez-vous tenu', 'rendez-vous tenus'),
};

const references = new Set<string>(['product', 'campaign', 'reseller']);

/** A fact in words for people: `12 salariés`, `le 3 mars 2026`, `Santé`. Long texts are cut to 80 characters. */
export function factInWords(field: FactName, value: Fact): string {
	if (value === null || value === '') return 'non renseigné';
	if (value instanceof Date) return `le ${frenchDate(value)}`;
	if (typeof value === 'number') return numbers[field]?.(value) ?? frenchNumber(value);
	if (references.has(field)) return 'renseigné';
	const label = labelOf(field, value);
	return label === value ? shorten(collapse(value.slice(0, 400)), 80) : label;
}
