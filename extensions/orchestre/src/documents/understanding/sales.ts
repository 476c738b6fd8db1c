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

/** Probability that an invoice is one of ours: our own name and numbers stand where the sender's do. */
export function salesShare(context: Context, blocks: readonly Block[], identifiers: readonly Identifier[]): number {
	const { own } = context;
	let sum = -2.2;
	for (const one of identifiers) {
		if (one.kind === 'iban' && own.iban !== null && one.value === own.iban) sum += 3;
		if (one.kind !== 'iban' && isOurs(one, own)) sum += sideOf(context, one, blocks, identifiers) > 0.1 ? 2 : -2;
		if (one.kind === 'email' && own.emailDomain !== null && one.value.endsWith(`@${own.emailDomain}`)) sum += one.y0 < 200 && one.x0 > 300 ? -0.2 : 0.6;
	}
	// Another firm's numbers where the sender's stand: the paper is theirs.
	const theirs = identifiers.filter(
		(one) => ['siren', 'siret', 'vat_number', 'iban'].includes(one.kind) && !isOurs(one, own) && sideOf(context, one, blocks, identifiers) > 0.1,
	);
	sum -= Math.min(4, 1.6 * new Set(theirs.map(({ kind }) => kind)).size);
	if (nameKey(own.name) !== '') {
		for (const block of blocks)
			if (block.lines.some(({ text }) => likeness(own.name, text) >= 0.99 && nameKey(text) !== ''))
				sum += 2.5 * leaning({ ...context, own: { ...own, name: '' } }, block, identifiers);
		const [best] = namesOf({ ...context, own: { ...own, name: '' } }, 'supplier', blocks, identifiers).toSorted((one, other) => other.score - one.score);
		if (best && likeness(best.value, own.name) >= 0.99) sum += 2.2;
	}
	return 1 / (1 + Math.exp(-sum));
}
