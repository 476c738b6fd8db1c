import { isUuid } from '../../../platform/input/fields.ts';
import { toMoment } from '../../../platform/time/moments.ts';
import { dayMs } from '../../../platform/time/paris.ts';

/** An event as it came in, checked; `quantity` in thousandths. The company is still to be found. */
export type UsageEvent = {
	event_id: string;
	company: string | null;
	company_external_id: string | null;
	subscription: string | null;
	name: string;
	quantity: number;
	at: Date;
	actor: string | null;
	properties: Record<string, unknown> | null;
};

/** Why an event is refused: a code for programs, a French sentence for people. */
export type Fault = { code: string; message: string };

/** Events and bytes of a call (Directus itself stops at 1,048,576); days that an event may be old; minutes that clocks may differ; bytes of its properties as JSON. */
export const limits = { events: 1000, bytes: 1_000_000, oldestDays: 730, aheadMinutes: 5, propertyBytes: 4096 } as const;

const known = new Set(['event_id', 'company', 'company_external_id', 'subscription', 'name', 'quantity', 'at', 'actor', 'properties']);

/** Control characters and halves of characters, which no database stores. */
const unstorable = /[\p{Cc}\p{Cs}]/u;

/** What a parser found: a value, or what is wrong. */
type Parsed<T> = { value: T } | { fault: Fault };

const fault = (code: string, message: string): { fault: Fault } => ({ fault: { code, message } });

/** A text of one to `max` characters; undefined when it is none. */
function textOf(value: unknown, max: number): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	return text.length > 0 && text.length <= max && !unstorable.test(text) ? text : undefined;
}

/** What names a person: an address, words, or a telephone number as people write it, in France or with its calling code. */
const isPersonal = (actor: string): boolean => /[@\s]/u.test(actor) || /^(?:(?:\+|00)[1-9]\d{7,14}|0[1-9]\d{8})$/.test(actor.replaceAll(/[().\-/]/g, ''));

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

function quantityOf(value: unknown): Parsed<number> {
	if (isAbsent(value)) return { value: 1000 };
	const thousandths = typeof value === 'number' ? Math.round(value * 1000) : Number.NaN;
	if (!(thousandths >= 1 && thousandths <= 2_147_483_647)) return fault('INVALID_QUANTITY', 'quantity : un nombre de 0,001 à 2 147 483,647.');
	return { value: thousandths };
}

function dateOf(value: unknown, now: Date): Parsed<Date> {
	const moment = typeof value === 'string' && /T.*(Z|[+-]\d{2}:?\d{2})$/i.test(value) ? toMoment(value) : null;
	if (moment === null) return fault('INVALID_DATE', 'at : une date ISO 8601 avec son fuseau, par exemple 2026-11-22T14:03:00Z.');
	const at = new Date(moment);
	if (at.getTime() > now.getTime() + limits.aheadMinutes * 60_000) return fault('DATE_IN_FUTURE', 'at : cette date est dans le futur.');
	if (at.getTime() < now.getTime() - limits.oldestDays * dayMs) return fault('DATE_TOO_OLD', `at : l’événement date de plus de ${limits.oldestDays} jours.`);
	return { value: at };
}

function propertiesOf(value: unknown): Parsed<Record<string, unknown> | null> {
	if (isAbsent(value)) return { value: null };
	if (typeof value !== 'object' || Array.isArray(value)) return fault('INVALID_PROPERTIES', 'properties : un objet JSON.');
	const json = JSON.stringify(value);
	if (Buffer.byteLength(json) > limits.propertyBytes) return fault('PROPERTIES_TOO_LARGE', `properties : ${limits.propertyBytes} octets au plus.`);
	// How JSON writes what PostgreSQL cannot store: the character zero, and halves of characters.
	if (/\\u(0000|d[89a-f])/i.test(json)) return fault('INVALID_PROPERTIES', 'properties : un caractère ne peut pas être enregistré.');
	return { value: value as Record<string, unknown> };
}

type Whose = Pick<UsageEvent, 'company' | 'company_external_id' | 'subscription'>;

function whoseOf(raw: Record<string, unknown>): Parsed<Whose> {
	const { company, company_external_id: externalId, subscription } = raw;
	if (isAbsent(company) && isAbsent(externalId) && isAbsent(subscription))
		return fault('MISSING_COMPANY', 'Dites de quel client il s’agit : company, company_external_id ou subscription.');
	if (!isAbsent(company) && !isUuid(company)) return fault('UNKNOWN_COMPANY', 'company : l’identifiant d’une entreprise (UUID).');
	if (!isAbsent(subscription) && !isUuid(subscription)) return fault('UNKNOWN_SUBSCRIPTION', 'subscription : l’identifiant d’un abonnement (UUID).');
	if (!isAbsent(externalId) && textOf(externalId, 255) === undefined) return fault('UNKNOWN_COMPANY', 'company_external_id : un texte de 1 à 255 caractères.');
	return {
		value: {
			company: isAbsent(company) ? null : String(company).toLowerCase(),
			company_external_id: isAbsent(externalId) ? null : (textOf(externalId, 255) ?? null),
			subscription: isAbsent(subscription) ? null : String(subscription).toLowerCase(),
		},
	};
}

/** One event of a batch, or the first thing that is wrong with it. Nothing is guessed: a field that nobody knows is a fault, too. */
export function readEvent(raw: unknown, now: Date): Parsed<UsageEvent> {
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return fault('INVALID_EVENT', 'Un événement est un objet JSON.');
	const row = raw as Record<string, unknown>;
	const stranger = Object.keys(row).find((field) => !known.has(field));
	if (stranger !== undefined) return fault('UNKNOWN_FIELD', `Champ inconnu : ${stranger.slice(0, 64)}.`);
	const id = textOf(row['event_id'], 255);
	if (id === undefined) return fault('INVALID_ID', 'event_id : un texte unique de 1 à 255 caractères.');
	const name = textOf(row['name'], 64);
	if (name === undefined) return fault('INVALID_NAME', 'name : un texte de 1 à 64 caractères.');
	const actor = isAbsent(row['actor']) ? null : textOf(row['actor'], 255);
	if (actor === undefined || (actor !== null && isPersonal(actor)))
		return fault('INVALID_ACTOR', 'actor : un identifiant opaque, jamais un nom, une adresse ni un téléphone.');
	const whose = whoseOf(row);
	if ('fault' in whose) return whose;
	const quantity = quantityOf(row['quantity']);
	if ('fault' in quantity) return quantity;
	const at = dateOf(row['at'], now);
	if ('fault' in at) return at;
	const properties = propertiesOf(row['properties']);
	if ('fault' in properties) return properties;
	return { value: { event_id: id, ...whose.value, name, quantity: quantity.value, at: at.value, actor, properties: properties.value } };
}
