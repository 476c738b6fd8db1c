import { liquidFor } from './liquid.ts';
import { isVariable, nearestVariable } from './variables.ts';

type LiquidError = { name?: string; message?: string; token?: { getPosition?: () => [number, number] } };

/** What is wrong with a text, in French, with its line: for its author. */
export function sentenceOf(error: unknown): string {
	const { name, message = '', token } = (error ?? {}) as LiquidError;
	const [line] = token?.getPosition?.() ?? [];
	const where = line ? ` (ligne ${line})` : '';
	const forbidden = /forbidden tag: (\w+)/.exec(message)?.[1];
	if (forbidden) return `La balise « ${forbidden} » n’est pas permise : un modèle contient tout son texte${where}.`;
	const filter = /undefined filter: ([\w-]+)/.exec(message)?.[1];
	if (filter) return `Le filtre « ${filter} » n’existe pas${where}.`;
	const tag = /tag "?([\w-]+)"? not found/.exec(message)?.[1];
	if (tag) return `La balise « ${tag} » n’existe pas${where}.`;
	if (/parse length limit/.test(message)) return 'Ce texte est trop long pour un message.';
	if (/limit exceeded/.test(message)) return 'Ce texte demande trop de calcul ou de mémoire : simplifiez ses boucles.';
	const open = /tag (.+) not closed|output "?(.+?)"? not closed/.exec(message);
	if (open) return `Une balise n’est pas fermée : ${(open[1] ?? open[2] ?? '').slice(0, 60)}${where}.`;
	if (name === 'TokenizationError' || name === 'ParseError') return `Ce texte n’est pas du Liquid valable${where}.`;
	return `Ce texte ne peut pas être mis en forme${where}.`;
}

/** A variable that no message has: an author's slip, unlike a value that a person lacks. */
export function unknownVariable(path: string): string {
	const nearest = nearestVariable(path);
	return `La variable « ${path} » n’existe pas${nearest ? ` : vouliez-vous dire « ${nearest} » ?` : '.'}`;
}

/** French sentences on what is wrong with a template's text whoever it is written to; none when it can be used. */
export function templateFaults(text: string): string[] {
	const liquid = liquidFor('plain');
	try {
		const paths = liquid
			.globalVariableSegmentsSync(liquid.parse(text))
			.map((segments) => segments.map((part) => (Array.isArray(part) ? '' : String(part))).join('.'));
		return [...new Set(paths)].filter((path) => !isVariable(path)).map(unknownVariable);
	} catch (error) {
		return [sentenceOf(error)];
	}
}
