import type { Block } from '../blocks.ts';
import type { Choice } from '../choice.ts';
import type { Context } from '../context.ts';
import type { Identifier, IdentifierKind } from '../identifiers.ts';
import { tidyName } from '../names.ts';
import { namesOfBlock } from './party-names.ts';
import { leaning, sideOf, type Side } from './sides.ts';

const own = (context: Context, kind: IdentifierKind, value: string): boolean =>
	(kind === 'siren' && value === context.own.siren) ||
	(kind === 'siret' && context.own.siren !== null && value.startsWith(context.own.siren)) ||
	(kind === 'vat_number' && (value === context.own.vatNumber || (context.own.siren !== null && value.endsWith(context.own.siren)))) ||
	(kind === 'iban' && value === context.own.iban);

/** Identifiers of one kind and side, the likeliest first. On a paper of ours our own numbers are the supplier’s. */
export function identifiersFor(context: Context, side: Side, kind: IdentifierKind, blocks: readonly Block[], all: readonly Identifier[]): Choice<string>[] {
	const sign = side === 'supplier' ? 1 : -1;
	return all
		.filter((one) => one.kind === kind)
		.flatMap((one) => {
			const ours = own(context, kind, one.value);
			const lean = ours ? (context.ours ? 1 : -1) * sign : sideOf(context, one, blocks, all) * sign;
			if (lean < 0 && !(side === 'supplier' && lean > -0.35)) return [];
			const score = 0.3 + 0.35 * lean + (one.checked ? 0.25 : 0) + (one.labelled ? 0.1 : 0);
			return [
				{
					value: one.value,
					region: one,
					score,
					evidence: { checked: one.checked ? 1 : 0, labelled: one.labelled ? 1 : 0, lean: Math.max(0, lean), ours: ours ? 1 : 0 },
				},
			];
		});
}

/** The address of one side as one line. */
export function addressesOf(context: Context, side: Side, blocks: readonly Block[], identifiers: readonly Identifier[]): Choice<string>[] {
	const sign = side === 'supplier' ? 1 : -1;
	return blocks.flatMap((block) => {
		const lean = leaning(context, block, identifiers) * sign;
		if (lean <= 0) return [];
		const name = namesOfBlock(block)[0]?.name;
		const lines = block.lines.map(({ text }) => text).filter((text) => name === undefined || tidyName(text) !== name);
		const from = lines.findIndex((text) => /^\d|^(?:rue|avenue|place|bd|boulevard|chemin|route|quai|all[eé]e|zone|z\.?[aci]|bp|cs)\b|\d/i.test(text));
		const value = lines.slice(Math.max(0, from)).join(', ');
		return value.length > 8
			? [
					{
						value,
						region: block,
						score: 0.4 + 0.5 * lean,
						evidence: { lean, street: from >= 0 && lines.length > 1 ? 1 : 0, headed: block.role === side ? 1 : 0 },
					},
				]
			: [];
	});
}
