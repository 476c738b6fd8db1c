import type { DocumentClass, DocumentRead, Field, FieldName, RefusalCode } from '../../types.ts';
import { classWords, kindOf, type Kind } from '../types.ts';
import { fieldWords } from './words.ts';
import { otherValues, valuesOf } from './values.ts';

/** What the settings ask for. Thresholds are probabilities, 0 to 1. */
export type Demands = { automatic: ReadonlySet<Kind>; threshold: Readonly<Record<Exclude<Kind, 'other'>, number>> };

const supplier: FieldName[] = ['supplier_siren', 'supplier_siret', 'supplier_vat_number', 'supplier_name'];

/** What a record cannot do without, by class; of a list one is enough. */
export const neededFields: Readonly<Record<DocumentClass, readonly FieldName[][]>> = {
	purchase_invoice: [supplier, ['number'], ['issued_on'], ['net'], ['vat'], ['gross']],
	credit_note: [supplier, ['number'], ['issued_on'], ['net'], ['vat'], ['gross']],
	sales_invoice: [['number'], ['gross']],
	quote: [supplier, ['issued_on']],
	receipt: [['merchant', 'supplier_name'], ['issued_on'], ['gross']],
	contract: [['supplier_name', 'buyer_name'], ['starts_on'], ['ends_on']],
	business_card: [['contact_last_name'], ['contact_email', 'contact_phone', 'contact_mobile']],
	bank_details: [['iban']],
	bank_statement: [],
	other: [],
};

/** How sure the least sure field is that a record needs: 0 when one is missing, 1 when none is needed. */
export function leastSure(read: Pick<DocumentRead, 'fields' | 'class'>): { name: FieldName | null; confidence: number } {
	const values = valuesOf(read);
	let least: { name: FieldName | null; confidence: number } = { name: null, confidence: 1 };
	for (const names of neededFields[read.class]) {
		const confidence = Math.max(...names.map((name) => (values.text(name) === null ? 0 : (values.field(name)?.confidence ?? 0))));
		if (confidence < least.confidence) least = { name: names[0] ?? null, confidence };
	}
	return least;
}

/** Refusals of files that hold nothing a person could read off them. */
const hopeless: ReadonlySet<RefusalCode> = new Set(['empty', 'too_big', 'broken', 'wrong_extension', 'unsupported']);
export const isHopeless = (code: RefusalCode): boolean => hopeless.has(code);

/** Read by OpenAI and by nothing else: however low a threshold is set, that alone files nothing. */
const isAiAlone = (field: Field | null): boolean => field?.source === 'ai' && field.evidence['seen'] !== 1;

/** Further contacts of a vCard file that lack what a contact needs. */
function otherDoubts(read: DocumentRead, asked: number): string[] {
	const others = otherValues(read);
	const unsure = others.filter((values) =>
		neededFields.business_card.some((names) => !names.some((name) => values.text(name) !== null && (values.field(name)?.confidence ?? 0) >= asked)),
	);
	if (unsure.length === 0) return [];
	const names = unsure.map((values) => [values.text('contact_first_name'), values.text('contact_last_name')].filter(Boolean).join(' ') || (values.text('contact_company') ?? 'sans nom')); // prettier-ignore
	const few = [...names.slice(0, 5), ...(names.length > 5 ? ['…'] : [])].join(', ');
	return [`Sur ${others.length + 1} contacts du fichier, à compléter : ${few}.`];
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`;

/**
 * Why a person has to look at it, in French; nothing when the record may be made by itself: the e-invoice is valid, or what the record
 * needs is sure and every check passed. Bank details always go to a person.
 */
export function doubtsOf(read: DocumentRead, { automatic, threshold }: Demands): string[] {
	const { refusal, einvoice, class: kind, classConfidence, checks } = read;
	if (refusal) return [refusal.message.fr];
	const doubts = checks.filter(({ passed, severity }) => !passed && (severity === 'error' || einvoice?.verdict !== 'valid')).map(({ message }) => message.fr);
	if (einvoice?.verdict === 'invalid') doubts.unshift('La facture électronique ne respecte pas les règles de sa norme.');
	if (einvoice?.verdict === 'refused') doubts.unshift(...(read.notes.length > 0 ? read.notes.map(({ fr }) => fr) : ['Ce fichier XML n’est pas une facture.']));
	if (kind === 'bank_details') return ['Un RIB n’est jamais enregistré sans vérification.', ...doubts];
	if (kind === 'other') return ['La nature de ce document n’a pas été reconnue.', ...doubts];
	const paper = kindOf[kind];
	if (!automatic.has(paper)) doubts.push(`Les Réglages demandent de vérifier ${classWords[kind]}.`);
	if (einvoice?.verdict === 'valid') return doubts;
	const asked = paper === 'other' ? 1 : threshold[paper];
	if (classConfidence < asked) doubts.push(`C’est ${classWords[kind]} à ${percent(classConfidence)} seulement.`);
	const values = valuesOf(read);
	for (const names of neededFields[kind]) {
		const known = names.filter((name) => values.text(name) !== null);
		const best = Math.max(0, ...known.map((name) => values.field(name)?.confidence ?? 0));
		const word = fieldWords[known[0] ?? names[0] ?? 'number'];
		if (known.length === 0) doubts.push(`Il manque : ${word}.`);
		else if (known.every((name) => isAiAlone(values.field(name)))) doubts.push(`À confirmer : ${word} (lu par OpenAI seul).`);
		else if (best < asked) doubts.push(`À confirmer : ${word} (fiabilité ${percent(best)}, ${percent(asked)} demandés).`);
	}
	return kind === 'business_card' ? [...doubts, ...otherDoubts(read, asked)] : doubts;
}
