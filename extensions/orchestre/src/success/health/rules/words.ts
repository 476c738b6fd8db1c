import type { Language } from '../../../platform/amount.ts';
import type { Band, Part } from './types.ts';

/** What the parts and the bands are called. */
export const partNames: Readonly<Record<Language, Readonly<Record<Part, string>>>> = {
	fr: { usage: 'Usage', support: 'Support', payment: 'Paiements', contact: 'Contacts', satisfaction: 'Satisfaction', plan: 'Plan d’accompagnement' },
	en: { usage: 'Usage', support: 'Support', payment: 'Payments', contact: 'Contact', satisfaction: 'Satisfaction', plan: 'Success plan' },
};

export const bandNames: Readonly<Record<Language, Readonly<Record<Band, string>>>> = {
	fr: { good: 'Bonne santé', watch: 'À surveiller', red: 'En danger' },
	en: { good: 'Good health', watch: 'To watch', red: 'In danger' },
};
