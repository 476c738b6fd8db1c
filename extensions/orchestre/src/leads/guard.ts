import { isSupportedCountry } from 'libphonenumber-js';
import { now } from '../platform/clock.ts';
import { parseJson, type FilterContext, type Knex } from '../platform/directus.ts';
import type { FieldFault } from '../platform/errors.ts';
import { storedCountry } from '../platform/input/stored-country.ts';
import type { Checked, Payload } from '../platform/written.ts';
import { dateFields } from './fields.ts';
import { conversionFaults, ownerFaults } from './by-hand.ts';
import { choiceLabels, fieldLabels } from './rules/labels.ts';
import { normaliseLeadInput } from './rules/normalise.ts';

/** A clock that runs a little ahead elsewhere is no fault. */
const tolerance = 5 * 60_000;

/** What says who a lead is; one of them is enough. */
const identity = ['first_name', 'last_name', 'company_name', 'email', 'phone', 'person', 'company'] as const;

const label = (field: string): string => (fieldLabels as Record<string, string>)[field] ?? field;

function anonymousFault(values: Payload): FieldFault[] {
	if (identity.some((field) => values[field])) return [];
	return [{ field: 'last_name', message: 'Indiquez au moins un nom, une entreprise, un e-mail ou un téléphone.' }];
}

/** Facts of interest earn points: one that has not happened yet is a mistake or a forgery. */
const futureFaults = (values: Payload): FieldFault[] =>
	dateFields
		.filter((field) => typeof values[field] === 'string' && Date.parse(values[field]) > now().getTime() + tolerance)
		.map((field) => ({ field, message: `« ${label(field)} » est dans le futur.` }));

/** Whether an administrator has added this choice to the field. */
async function isAddedChoice(database: Knex, field: string, value: unknown): Promise<boolean> {
	const row = (await database('directus_fields').where({ collection: 'leads', field }).first('options')) as { options: unknown } | undefined;
	const options = parseJson<{ choices?: { value: unknown }[] } | null>(row?.options ?? null);
	return options?.choices?.some((choice) => choice.value === value) ?? false;
}

async function choiceFaults(values: Payload, database: Knex): Promise<FieldFault[]> {
	const faults: FieldFault[] = [];
	for (const [field, labels] of Object.entries(choiceLabels)) {
		const value = values[field];
		if (typeof value !== 'string' || value in labels || (await isAddedChoice(database, field, value))) continue;
		faults.push({ field, message: `« ${value.slice(0, 40)} » n’est pas un choix de « ${label(field)} » : ${Object.keys(labels).join(', ')}.` });
	}
	if (typeof values['country'] === 'string' && !isSupportedCountry(values['country']))
		faults.push({ field: 'country', message: 'Ce code de pays n’existe pas. Exemple : FR.' });
	return faults;
}

/** What enters a lead: the cleaned values, and all faults at once. `keys` is null for a creation. */
export async function checkLead(payload: Payload, keys: readonly string[] | null, context: FilterContext): Promise<Checked> {
	const { values, faults } = normaliseLeadInput(payload, await storedCountry('leads', ['phone'], payload, keys, context));
	const sent = Object.fromEntries(Object.entries(values).filter(([field]) => field in payload));
	const known = new Set(faults.map(({ field }) => field));
	const more = [
		...(keys === null && faults.length === 0 ? anonymousFault({ ...payload, ...sent }) : []),
		...futureFaults(sent),
		...(await choiceFaults(sent, context.database)),
		...(await ownerFaults(sent, keys, context)),
		...(await conversionFaults(sent, keys, context)),
	];
	return { values: sent, faults: [...faults, ...more.filter(({ field }) => !known.has(field))] };
}
