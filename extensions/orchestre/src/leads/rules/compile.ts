import { factInWords } from './fact-words.ts';
import { factKinds, type Fact, type FactName } from './facts.ts';
import { dayMs } from '../../platform/time/paris.ts';
import { fold, shorten } from '../../platform/text.ts';
import type { ScoringRule } from './types.ts';

/** What a test may need: the fact (never null), the same folded for comparisons, and the moment of scoring (ms). */
type Test = (fact: string | number | Date, folded: string, now: number) => boolean;

/** A criterion ready to run. */
export type CompiledRule = {
	rule: ScoringRule;
	/** Place in the explanation. */
	index: number;
	/** Met by a missing fact; every other test needs one. */
	onEmpty: boolean;
	/** Index of its capped group, -1 without one. */
	cap: number;
	test: Test;
	/** The fact as the explanation tells it. */
	words: (fact: Fact) => string;
};

/** Why a criterion is left out, in French, for those who edit it. */
export type RuleFault = { rule: string; name: string; message: string };

export type CompiledRules = {
	/** One entry per fact, so that a text is folded once whatever the number of criteria on it. */
	fields: { field: FactName; folds: boolean; rules: CompiledRule[] }[];
	/** Capped groups in the order of the criteria; the smallest cap that a criterion of the group states, Infinity without any. */
	caps: { side: ScoringRule['side']; group: string; cap: number }[];
	faults: RuleFault[];
	count: number;
};

class Unusable extends Error {}
const fail = (message: string): never => {
	throw new Unusable(message);
};

/**
 * Reads the criteria once: numbers, words and caps are parsed here, so that scoring only compares. A criterion that
 * makes no sense is left out and listed among the faults; it never stops a lead from being stored.
 */
export function compileRules(rules: readonly ScoringRule[]): CompiledRules {
	const byField = new Map<FactName, CompiledRules['fields'][number]>();
	const compiled: CompiledRules = { fields: [], caps: [], faults: [], count: 0 };
	const sides = new Map<string, string>();
	for (const [index, rule] of rules.entries()) {
		try {
			const ready = compileRule(rule, index);
			const field = rule.field as FactName;
			const entry = byField.get(field) ?? { field, folds: false, rules: [] };
			byField.set(field, entry);
			entry.rules.push(ready);
			entry.folds ||= folding.has(rule.operator) && factKinds[field] !== 'number';
			compiled.count++;
			if (sides.has(rule.cap_group ?? '') && sides.get(rule.cap_group ?? '') !== rule.side) {
				compiled.faults.push({
					rule: rule.id,
					name: rule.name,
					message: `Le groupe « ${rule.cap_group} » mêle adéquation et intérêt : le plafond vaut pour chacun séparément.`,
				});
			}
			ready.cap = capOf(compiled.caps, rule);
			if (rule.cap_group) sides.set(rule.cap_group, rule.side);
		} catch (error) {
			if (!(error instanceof Unusable)) throw error;
			compiled.faults.push({ rule: rule.id, name: rule.name, message: error.message });
		}
	}
	compiled.fields = [...byField.values()];
	return compiled;
}

/** Index of the criterion's group, which is added when new; groups are apart for fit and engagement. */
function capOf(caps: CompiledRules['caps'], { cap_group: group, side, cap }: ScoringRule): number {
	if (!group) return -1;
	let index = caps.findIndex((known) => known.group === group && known.side === side);
	if (index < 0) index = caps.push({ side, group, cap: Infinity }) - 1;
	const known = caps[index];
	if (known) known.cap = Math.min(known.cap, cap ?? Infinity);
	return index;
}

const folding = new Set<ScoringRule['operator']>(['equals', 'not_equals', 'one_of', 'contains']);

function compileRule(rule: ScoringRule, index: number): CompiledRule {
	const field = Object.hasOwn(factKinds, rule.field) ? (rule.field as FactName) : fail(`Le champ « ${rule.field} » n’existe pas.`);
	if (!Number.isInteger(rule.points)) fail('Les points doivent être un nombre entier.');
	if (rule.cap !== null && !(Number.isInteger(rule.cap) && rule.cap >= 0)) fail('Le plafond doit être un nombre entier positif.');
	if (rule.half_life_days !== null && !(rule.half_life_days >= 1)) fail('La demi-vie est d’au moins un jour.');
	if (rule.side !== 'fit' && rule.side !== 'engagement') fail('Le critère doit porter sur l’adéquation ou sur l’intérêt.');
	let words = (fact: Fact): string => factInWords(field, fact);
	if (rule.operator === 'contains' && factKinds[field] === 'text') {
		const pattern = wordPattern(rule.value);
		words = (fact) =>
			typeof fact === 'string' && fact.length > 80 ? `contient « ${shorten(pattern.exec(fold(fact))?.[0] ?? '', 60)} »` : factInWords(field, fact);
	}
	return { rule, index, onEmpty: rule.operator === 'empty', cap: -1, test: testOf(rule, factKinds[field]), words };
}

function testOf(rule: ScoringRule, kind: (typeof factKinds)[FactName]): Test {
	const needs = (...kinds: string[]): void => {
		if (!kinds.includes(kind)) fail('Cette condition ne convient pas à ce champ.');
	};
	switch (rule.operator) {
		case 'filled':
			return () => true;
		case 'empty':
			return () => false;
		case 'equals':
		case 'not_equals':
		case 'one_of': {
			needs('text', 'choice', 'reference', 'number');
			const wanted = rule.operator === 'not_equals';
			if (kind === 'number') {
				const numbers = new Set(rule.operator === 'one_of' ? listOf(rule.value).map(numberOf) : [numberOf(rule.value)]);
				return (fact) => numbers.has(fact as number) !== wanted;
			}
			const words = new Set(rule.operator === 'one_of' ? listOf(rule.value).map(fold) : [fold(textOf(rule.value))]);
			return (_fact, folded) => words.has(folded) !== wanted;
		}
		case 'contains': {
			needs('text', 'choice');
			const pattern = wordPattern(rule.value);
			return (_fact, folded) => pattern.test(folded);
		}
		case 'at_least':
		case 'at_most': {
			needs('number');
			const bound = numberOf(rule.value);
			return rule.operator === 'at_least' ? (fact) => (fact as number) >= bound : (fact) => (fact as number) <= bound;
		}
		case 'between': {
			needs('number');
			const [low, high, ...more] = listOf(rule.value)
				.map(numberOf)
				.toSorted((a, b) => a - b);
			if (low === undefined || high === undefined || more.length > 0) return fail('Il faut deux nombres séparés par une virgule.');
			return (fact) => (fact as number) >= low && (fact as number) <= high;
		}
		case 'within_days':
		case 'older_than_days': {
			needs('date');
			const days = numberOf(rule.value);
			if (days < 0) fail('Le nombre de jours ne peut pas être négatif.');
			const limit = days * dayMs;
			return rule.operator === 'within_days'
				? (fact, _folded, now) => now - (fact as Date).getTime() <= limit
				: (fact, _folded, now) => now - (fact as Date).getTime() > limit;
		}
		default:
			return fail(`La condition « ${String(rule.operator)} » n’existe pas.`);
	}
}

const textOf = (value: string | null): string => value?.normalize('NFC').trim() || fail('La valeur manque.');

function listOf(value: string | null): string[] {
	const list = textOf(value)
		.split(/[,;]/)
		.map((word) => word.trim())
		.filter(Boolean);
	return list.length > 0 ? list : fail('La valeur manque.');
}

/** `10 000 €`, `12,5`, `80 %`: a number as people type it. */
function numberOf(value: string | null): number {
	const text = textOf(value)
		.replaceAll(/\s|k?€|%|jours?$/gu, '')
		.replace(',', '.');
	return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : fail(`« ${shorten(textOf(value), 40)} » n’est pas un nombre.`);
}

/**
 * Words are found whole, whatever their accents, case and plural: `directeur` is in "Directeurs régionaux", `dg` is not
 * in "budget". A star stands for the rest of the word: `direct*`.
 */
function wordPattern(value: string | null): RegExp {
	const words = listOf(value).map((word) => {
		const stem = word.replaceAll('*', '').trim();
		if (!stem) return fail('Une étoile seule ne veut rien dire.');
		const escaped = fold(stem)
			.replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`)
			.replaceAll(/\s+/g, String.raw`\s+`);
		return word.endsWith('*') ? String.raw`${escaped}[\p{L}\p{N}]*` : `${escaped}(?:e?s|x)?`;
	});
	return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${words.join('|')})(?![\p{L}\p{N}])`, 'u');
}
