import { kindOf } from '../../platform/errors.ts';
import { quoted } from '../../platform/input/fields.ts';
import type { ColumnReport, Fault, Ready } from './types.ts';

type Refusal = { message: string; code?: string; extensions?: { field?: string | null; type?: string; validation_message?: string } };

/** What Directus refuses in English, said as the check says it. `what`: « Nom » : « Dupont ». */
const sentences: Record<string, (label: string, what: string) => string> = {
	RECORD_NOT_UNIQUE: (_, what) => `${what} existe déjà dans Orchestre.`,
	VALUE_TOO_LONG: (_, what) => `${what} dépasse la longueur permise.`,
	VALUE_OUT_OF_RANGE: (_, what) => `${what} dépasse la plus grande valeur permise.`,
	NOT_NULL_VIOLATION: (label) => `${label} est obligatoire.`,
	INVALID_FOREIGN_KEY: (_, what) => `${what} n’existe plus dans Orchestre.`,
	FORBIDDEN: () => 'Vos droits ne permettent pas d’écrire cette ligne.',
};

const isMissing = (type: string | undefined): boolean => type === 'required' || type === 'nnull' || type === 'nempty';

function sentenceFor({ code = '', message, extensions }: Refusal, label: string, value: string): string {
	const named = label ? `« ${label} »` : 'Une valeur de cette ligne';
	const what = value ? `${named} : « ${value} »` : named;
	if (code !== 'FAILED_VALIDATION') return sentences[code]?.(named, what) ?? message;
	return isMissing(extensions?.type) ? `${named} est obligatoire.` : `${what} n’est pas valide.`;
}

/** What Directus or a room said of one row while it was written, as faults of the report in French. */
export function faultsOf(error: unknown, { row, payload }: Ready, columns: readonly ColumnReport[]): Fault[] {
	return (Array.isArray(error) ? (error as unknown[]) : [error]).map((one) => {
		const refusal = one as Refusal;
		const field = refusal.extensions?.field ?? '';
		const column = columns.find((known) => known.field !== null && known.field === field);
		const value = quoted(String(payload[field] ?? ''));
		const own = refusal.extensions?.validation_message ?? (kindOf(one) === 'user' ? refusal.message : null);
		return { row, column: column?.column ?? '', value, message: own ?? sentenceFor(refusal, column?.label ?? field, value) };
	});
}
