import type { Element } from '../xml/tree.ts';

/** One thing that the schema does not allow, as libxml2 says it, without namespaces. */
export type Fault = { line: number; text: string };

export const withoutNamespaces = (message: string): string =>
	message
		.replaceAll(/\{[^}]*\}/g, '')
		.trim()
		.slice(0, 300);

function parentsOf(name: string, element: Element): Element[] {
	const below = element.children.flatMap((one) => parentsOf(name, one));
	return element.children.some((one) => one.name === name) ? [element, ...below] : below;
}

/**
 * Whether the fault is an element too many: nothing else was expected in its place, or what was expected comes after it. A file that says
 * more than its profile allows is read like any other; one that lacks something, or has words where a number belongs, is not.
 */
export function isExtra({ text }: Fault, root: Element): boolean {
	const parts = /^Element '([^']+)': This element is not expected\.(?: Expected is (?:one of )?\( (.*?) \)\.)?$/.exec(text);
	const [, name, list] = parts ?? [];
	if (!name) return false;
	if (!list) return true;
	const expected = new Set(list.split(/,\s*/));
	return parentsOf(name, root).some((parent) => {
		const place = parent.children.findIndex((one) => one.name === name);
		return parent.children.slice(place).some((one) => expected.has(one.name));
	});
}
