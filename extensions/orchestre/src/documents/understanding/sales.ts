import type { Block } from './blocks.ts';
import type { OwnCompany } from '../types.ts';
import type { Context } from './context.ts';
import { namesOf } from './fields/party-names.ts';
import { leaning, sideOf } from './fields/sides.ts';
import type { Identifier } from './identifiers.ts';
import { likeness, nameKey } from './names.ts';

/** Whether a number is one of ours. */
const isOurs = ({ kind, value }: Identifier, own: OwnCompany): boolean =>
	(kind === 'iban' && value === own.iban) ||
	(own.siren !== null && (kind === 'siren' || kind === 'siret') && value.startsWith(own.siren)) ||
	(kind === 'vat_number' && (value === own.vatNumber || (own.siren !== null && value.startsWith('FR') && value.endsWith(own.siren))));

/** Numbers that a firm has one of, and that stand where it stands. */
const naming = new Set(['siren', 'siret', 'vat_number']);

/** What our numbers and those of others say of who sends the paper: log-odds for us. Their places are held against each other, as nobody's. */
function byNumbers(neutral: Context, own: OwnCompany, blocks: readonly Block[], identifiers: readonly Identifier[]): number {
	const placed = identifiers
		.filter(({ kind }) => naming.has(kind) || kind === 'iban')
		.map((one) => ({ kind: one.kind, isOurs: isOurs(one, own), lean: sideOf(neutral, one, blocks, identifiers) }));
	const best = (mine: boolean): number => Math.max(-1, ...placed.filter((one) => naming.has(one.kind) && one.isOurs === mine).map(({ lean }) => lean));
	const [ours, theirs] = [best(true), best(false)];
	const isSender = ours > 0.1 && ours > theirs;
	// Where both stand alike (in one footer, in no address), their numbers say nothing.
	if (ours > 0.1 && ours === theirs) return 0;
	const kinds = (chosen: typeof placed): number => new Set(chosen.map(({ kind }) => kind)).size;
	const named = placed.filter(({ kind }) => naming.has(kind));
	let sum = (isSender ? 2 : -2) * kinds(named.filter((one) => one.isOurs));
	if (placed.some((one) => one.kind === 'iban' && one.isOurs)) sum += 3;
	// Another firm's numbers where the sender's stand: the paper is theirs. Beside our own number an unknown account says little: a firm has several.
	const others = isSender ? 0 : kinds(named.filter((one) => !one.isOurs && one.lean > 0.1));
	const account = placed.some((one) => one.kind === 'iban' && !one.isOurs && one.lean > 0.1) ? (isSender ? 0.4 : 1.6) : 0;
	sum -= Math.min(4, 1.6 * others + account);
	// Whoever issues an invoice must print their number on it: where none but ours stands, it is ours.
	return isSender && theirs <= 0.1 ? sum + 1.5 : sum;
}

/** Probability that an invoice is one of ours: our own name and numbers stand where the sender's do. */
export function salesShare(context: Context, blocks: readonly Block[], identifiers: readonly Identifier[]): number {
	const { own } = context;
	const neutral = { ...context, own: { ...own, name: '' } };
	let sum = -2.2 + byNumbers(neutral, own, blocks, identifiers);
	for (const one of identifiers)
		if (one.kind === 'email' && own.emailDomain !== null && one.value.endsWith(`@${own.emailDomain}`)) sum += one.y0 < 200 && one.x0 > 300 ? -0.2 : 0.6;
	if (nameKey(own.name) !== '') {
		for (const block of blocks)
			if (block.lines.some(({ text }) => likeness(own.name, text) >= 0.99 && nameKey(text) !== '')) sum += 2.5 * leaning(neutral, block, identifiers);
		const [best] = namesOf(neutral, 'supplier', blocks, identifiers).toSorted((one, other) => other.score - one.score);
		if (best && likeness(best.value, own.name) >= 0.99) sum += 2.2;
	}
	return 1 / (1 + Math.exp(-sum));
}
