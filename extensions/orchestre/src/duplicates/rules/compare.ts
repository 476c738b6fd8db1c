import type { CompanyFacts, PersonFacts } from './facts.ts';
import { isNear, isPartOf, sorted } from './similarity.ts';

/** `sure`: may be merged without a second look. `likely`: worth one. `possible`: only worth a look by whoever knows them. */
export type Level = 'sure' | 'likely' | 'possible';
/** How sure it is that two records are one (percent, from 50 on), and why, in French, the strongest first. */
export type Verdict = { level: Level; sureness: number; reasons: string[] };

/** A clue with its weight: the logarithm of how much more often it is seen between two copies than between two others. */
type Clue = { weight: number; reason?: string };

const meet = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => b.includes(one));
const same = (a: string | null, b: string | null): boolean => a !== null && a === b;
const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;

/** Chance of two records that share a block to be one, as a logarithm: clues must outweigh it. */
const prior = -4;

/** `hint`: somebody is typing and has not said all yet, so that a name alone is worth a word; from this score on instead of zero. */
const hintFrom = -2;
export type Options = { hint?: boolean };

function verdictOf(clues: readonly Clue[], maySure: boolean, { hint = false }: Options): Verdict | null {
	const score = clues.reduce((sum, { weight }) => sum + weight, prior);
	const percent = Math.round(100 / (1 + Math.exp(-score)));
	if (score < (hint ? hintFrom : 0)) return null;
	const level = percent >= 95 && maySure ? 'sure' : percent >= 75 ? 'likely' : 'possible';
	const reasons = clues.toSorted((a, b) => b.weight - a.weight).flatMap(({ reason }) => reason ?? []);
	return { level, sureness: Math.min(level === 'sure' ? 99 : 94, percent), reasons };
}

type Names = 'same' | 'swapped' | 'near' | 'short' | 'unknown' | 'different';

const isInitial = (a: string, b: string): boolean => (a.length === 1 || b.length === 1) && a[0] === b[0];

/** How two people's names stand to each other, whichever comes first. */
export function compareNames(a: Pick<PersonFacts, 'first' | 'last'>, b: Pick<PersonFacts, 'first' | 'last'>): Names {
	const [full, other] = [[a.first, a.last].filter(Boolean).join(' '), [b.first, b.last].filter(Boolean).join(' ')];
	if (!full || !other) return 'unknown';
	if (a.first && b.first && a.last && b.last) {
		if (full === other) return 'same';
		if (sorted(full) === sorted(other)) return 'swapped';
		if (a.last === b.last && isInitial(a.first, b.first)) return 'short';
		const straight =
			(a.last === b.last || isNear(a.last, b.last, 0.9) || isPartOf(a.last, b.last)) &&
			(a.first === b.first || isNear(a.first, b.first, 0.9) || isPartOf(a.first, b.first));
		const crossed = (a.last === b.first || isNear(a.last, b.first, 0.9)) && (a.first === b.last || isNear(a.first, b.last, 0.9));
		return straight || crossed ? 'near' : 'different';
	}
	return isPartOf(full, other) || full === other ? 'short' : 'different';
}

const nameClues: Record<Names, Clue> = {
	same: { weight: 3, reason: 'même nom' },
	swapped: { weight: 3, reason: 'mêmes nom et prénom, dans un autre ordre' },
	near: { weight: 2, reason: 'noms presque identiques' },
	short: { weight: 1, reason: 'même nom de famille, prénom abrégé ou absent' },
	unknown: { weight: 0 },
	different: { weight: -6 },
};

function mailClue(a: PersonFacts, b: PersonFacts, names: Names): Clue {
	if (!a.mail || !b.mail) return { weight: 0 };
	if (a.mail.address === b.mail.address) return a.mail.personal ? { weight: 6, reason: 'même e-mail' } : { weight: 1, reason: 'même e-mail collectif' };
	if (same(a.mail.domain, b.mail.domain)) {
		if (a.mail.personal && b.mail.personal && isNear(a.mail.local, b.mail.local, 0.95) && names !== 'near')
			return { weight: 1.5, reason: 'e-mails presque identiques' };
		// Two addresses of one company, each in its own name: two colleagues who are called nearly the same.
		return { weight: names === 'near' || names === 'short' ? -3 : -0.5 };
	}
	return { weight: -0.5 };
}

/** What two companies of two people say: the same, another, or nothing. */
function employerOf(a: PersonFacts, b: PersonFacts): 'same' | 'other' | 'unknown' {
	if (same(a.company, b.company) || same(a.siren, b.siren)) return 'same';
	if (differ(a.company, b.company) || differ(a.siren, b.siren)) return 'other';
	if (a.companyKey && b.companyKey) return a.companyKey === b.companyKey || isNear(a.companyKey, b.companyKey) ? 'same' : 'other';
	if (a.mail?.domain && b.mail?.domain) return a.mail.domain === b.mail.domain ? 'same' : 'other';
	return 'unknown';
}

/**
 * Whether two people (or leads) are one. Sure only by something that one person has (e-mail, mobile, LinkedIn), a name that fits and
 * no other employer: whoever has changed companies may be followed as two on purpose.
 */
export function comparePeople(a: PersonFacts, b: PersonFacts, options: Options = {}): Verdict | null {
	if (a.id === b.id || differ(a.user, b.user) || (a.closed && b.closed)) return null;
	const names = compareNames(a, b);
	const employer = employerOf(a, b);
	const mobile = meet(a.mobiles, b.mobiles);
	const linkedin = same(a.linkedin, b.linkedin);
	const own = mobile || linkedin || (a.mail !== null && a.mail.personal && a.mail.address === b.mail?.address);
	const clues: Clue[] = [nameClues[names], mailClue(a, b, names)];
	if (mobile) clues.push({ weight: 5.5, reason: 'même mobile' });
	else if (meet(a.lines, b.lines)) clues.push({ weight: 1.5, reason: 'même téléphone' });
	else if (a.mobiles.length > 0 && b.mobiles.length > 0) clues.push({ weight: -1 });
	if (linkedin) clues.push({ weight: 6, reason: 'même profil LinkedIn' });
	else if (differ(a.linkedin, b.linkedin)) clues.push({ weight: -4 });
	if (employer === 'same') clues.push({ weight: 2.5, reason: 'même entreprise' });
	if (employer === 'other') clues.push({ weight: -2.5, reason: own ? 'entreprises différentes' : '' });
	if (same(a.place, b.place)) clues.push({ weight: 0.5, reason: 'même ville' });
	if (a.closed !== b.closed) clues.push({ weight: -0.5, reason: 'l’un des deux est déjà clos' });
	const said = clues.map(({ weight, reason }): Clue => ({ weight, ...(reason && { reason }) }));
	return verdictOf(said, own && names !== 'unknown' && employer !== 'other' && a.closed === b.closed, options);
}

function companyNames(a: CompanyFacts, b: CompanyFacts): Clue & { fits: boolean } {
	const pairs = a.names.flatMap((one) => b.names.map((other) => [one, other] as const));
	if (pairs.length === 0) return { weight: 0, fits: false };
	const some = (test: (one: string, other: string) => boolean): boolean => pairs.some(([one, other]) => test(one, other));
	if (some((one, other) => one === other || one.replaceAll(' ', '') === other.replaceAll(' ', '')))
		return { weight: 3.5, reason: 'même nom, sans la forme juridique', fits: true };
	if (some((one, other) => sorted(one) === sorted(other))) return { weight: 3, reason: 'mêmes mots dans le nom', fits: true };
	if (some((one, other) => isNear(one, other, 0.93))) return { weight: 2, reason: 'noms presque identiques', fits: true };
	if (some(isPartOf)) return { weight: 1, reason: 'un nom contient l’autre', fits: false };
	return { weight: -3.5, fits: false };
}

/** Whether two companies are one. Another SIREN, or a known parent and its subsidiary, are two, whatever they are called. */
export function compareCompanies(a: CompanyFacts, b: CompanyFacts, options: Options = {}): Verdict | null {
	if (a.id === b.id || differ(a.siren, b.siren) || a.parent === b.id || b.parent === a.id) return null;
	const names = companyNames(a, b);
	const siren = same(a.siren, b.siren);
	const branches = siren && differ(a.siret, b.siret);
	const clues: Clue[] = [siren && names.weight < 0 ? { weight: 0, reason: 'noms différents' } : names];
	if (siren) clues.push({ weight: 8, reason: branches ? 'même SIREN, mais deux établissements' : 'même SIREN' });
	else if (same(a.vat, b.vat)) clues.push({ weight: 7, reason: 'même numéro de TVA' });
	else if (differ(a.vat, b.vat)) clues.push({ weight: -4 });
	const mail = a.mail !== null && a.mail.address === b.mail?.address;
	const domain = same(a.domain, b.domain);
	const phone = meet(a.phones, b.phones);
	if (mail) clues.push({ weight: 4, reason: 'même e-mail' });
	else if (domain) clues.push({ weight: 3.5, reason: `même domaine ${a.domain ?? ''}` });
	else if (differ(a.domain, b.domain)) clues.push({ weight: -1.5 });
	if (phone) clues.push({ weight: 3.5, reason: 'même téléphone' });
	if (same(a.linkedin, b.linkedin)) clues.push({ weight: 4, reason: 'même page LinkedIn' });
	if (same(a.postal, b.postal) || same(a.city, b.city))
		clues.push({ weight: same(a.street, b.street) ? 2.5 : 1.5, reason: same(a.street, b.street) ? 'même adresse' : 'même ville' });
	else if (differ(a.city, b.city) || differ(a.postal?.slice(0, 2) ?? null, b.postal?.slice(0, 2) ?? null)) clues.push({ weight: -1.5 });
	const elsewhere = differ(a.city, b.city) && differ(a.postal, b.postal);
	return verdictOf(clues, !branches && (siren || (names.fits && (mail || domain || phone || same(a.vat, b.vat)) && !elsewhere)), options);
}
