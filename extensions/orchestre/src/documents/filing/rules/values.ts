import type { DocumentRead, Field, FieldName } from '../../types.ts';

/** The fields of a document by name; the surest where one was read twice. */
export class Values {
	readonly #fields = new Map<FieldName, Field>();

	constructor(fields: readonly Field[]) {
		for (const field of fields) {
			const known = this.#fields.get(field.name);
			if (!known || known.confidence < field.confidence) this.#fields.set(field.name, field);
		}
	}

	field(name: FieldName): Field | null {
		return this.#fields.get(name) ?? null;
	}

	/** Text without blanks around it; null when there is none. */
	text(name: FieldName): string | null {
		const value = this.field(name)?.value;
		return value === undefined ? null : String(value).trim() || null;
	}

	/** A whole number, as amounts (hundredths) and days are. */
	number(name: FieldName): number | null {
		const value = this.field(name)?.value;
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		return typeof number === 'number' && Number.isInteger(number) ? number : null;
	}

	/** `2026-11-22`, if there is such a day. */
	day(name: FieldName): string | null {
		const text = this.text(name);
		if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
		const at = new Date(`${text}T00:00:00Z`);
		return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
	}

	/** The first of these that has a text. */
	first(...names: FieldName[]): string | null {
		for (const name of names) {
			const text = this.text(name);
			if (text) return text;
		}
		return null;
	}
}

export const valuesOf = ({ fields }: Pick<DocumentRead, 'fields'>): Values => new Values(fields);

/** The further contacts of a file with several. */
export const otherValues = ({ others = [] }: Pick<DocumentRead, 'others'>): Values[] => others.map((fields) => new Values(fields));
