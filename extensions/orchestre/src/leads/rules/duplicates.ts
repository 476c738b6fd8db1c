import { companyKey, nameKey } from '../../platform/input/name-keys.ts';
import { phoneKind } from '../../platform/input/phone.ts';
import type { Lead } from './types.ts';

/** What duplicates are found by; `company_key` is computed when a row does not bring it. */
export type DuplicateRow = Pick<Lead, 'id' | 'first_name' | 'last_name' | 'email' | 'phone' | 'siren' | 'company_name' | 'date_created'> & {
	company_key?: string | null;
	duplicate_of?: string | null;
};

type Clues = { email: string | null; phone: string | null; siren: string | null; person: string | null; last: string | null; company: string | null };

function cluesOf(row: DuplicateRow): Clues {
	return {
		email: row.email?.toLowerCase() ?? null,
		phone: row.phone,
		siren: row.siren,
		person: row.first_name && row.last_name ? nameKey(row.first_name, row.last_name) : null,
		last: nameKey(row.last_name),
		company: row.company_key ?? companyKey(row.company_name),
	};
}

const same = (a: string | null, b: string | null): boolean => a !== null && a === b;
const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;

/** What two leads have in common that makes them one, strongest first. Colleagues behind one switchboard are two leads. */
function sharedBy(a: Clues, b: Clues): string[] {
	const shared: string[] = [];
	if (same(a.email, b.email)) shared.push('même e-mail');
	const colleagues = differ(a.last, b.last) && phoneKind(a.phone) !== 'mobile';
	if (same(a.phone, b.phone) && !colleagues) shared.push('même téléphone');
	if (same(a.siren, b.siren) && same(a.person, b.person)) shared.push('même personne et même SIREN');
	else if (same(a.company, b.company) && same(a.last, b.last)) shared.push('même nom dans la même entreprise');
	return shared;
}

const isOlder = (a: DuplicateRow, b: DuplicateRow): boolean => {
	const age = a.date_created.getTime() - b.date_created.getTime();
	return age === 0 ? a.id < b.id : age < 0;
};

/** Under each of these, two rows are worth comparing. */
const keysOf = ({ email, phone, siren, person, last, company }: Clues): string[] => [
	...(email ? [`email ${email}`] : []),
	...(phone ? [`phone ${phone}`] : []),
	...(siren && person ? [`siren ${siren} ${person}`] : []),
	...(company && last ? [`company ${company} ${last}`] : []),
];

/** Rows among which second copies are looked for; each is read once, however many leads are held against them. */
export class PossibleDuplicates {
	readonly #clues = new Map<string, Clues>();
	readonly #parents = new Map<string, string | null>();
	readonly #byKey = new Map<string, DuplicateRow[]>();

	constructor(rows: readonly DuplicateRow[]) {
		for (const row of rows) {
			const clues = cluesOf(row);
			this.#clues.set(row.id, clues);
			this.#parents.set(row.id, row.duplicate_of ?? null);
			for (const key of keysOf(clues)) this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), row]);
		}
	}

	/** Says that a row was marked as a copy of another. */
	mark(id: string, of: string | null): void {
		this.#parents.set(id, of);
	}

	/**
	 * The lead of which this one seems to be a second copy: among the rows that share an e-mail, a phone, SIREN and person,
	 * or company and last name, the oldest (then the smaller id). Never itself, nor a row that is already marked, directly or
	 * through others, as a copy of this one: two rows do not point at each other.
	 */
	of(lead: DuplicateRow): { of: string; reason: string } | null {
		const clues = this.#clues.get(lead.id) ?? cluesOf(lead);
		let oldest: { row: DuplicateRow; shared: string[] } | null = null;
		for (const row of new Set(keysOf(clues).flatMap((key) => this.#byKey.get(key) ?? []))) {
			if (this.#leadsBackTo(lead.id, row.id) || (oldest && !isOlder(row, oldest.row))) continue;
			const shared = sharedBy(clues, this.#clues.get(row.id) ?? cluesOf(row));
			if (shared.length > 0) oldest = { row, shared };
		}
		if (!oldest) return null;
		const reason = oldest.shared.join(', ');
		return { of: oldest.row.id, reason: reason.charAt(0).toUpperCase() + reason.slice(1) };
	}

	/** Whether a row is this lead, or is marked, directly or through others, as its copy. */
	#leadsBackTo(id: string, from: string): boolean {
		const seen = new Set<string>();
		for (let next: string | null = from; next && !seen.has(next); next = this.#parents.get(next) ?? null) {
			if (next === id) return true;
			seen.add(next);
		}
		return false;
	}
}
