import { Liquid, Tag } from 'liquidjs';

/** A text beyond this is no message. */
const limits = { parseLimit: 100_000, renderLimit: 250, memoryLimit: 500_000 };

/** Tags that would read other files: a template says everything itself. */
const forbiddenTags = ['include', 'render', 'layout', 'block'];

function engine(escapes: boolean): Liquid {
	const liquid = new Liquid({
		strictVariables: true,
		strictFilters: true,
		lenientIf: true,
		ownPropertyOnly: true,
		// Templates of memory only, and none there: no file is ever looked for.
		templates: {},
		...(escapes && { outputEscape: 'escape' as const }),
		...limits,
	});
	for (const name of forbiddenTags) {
		liquid.registerTag(
			name,
			class extends Tag {
				constructor(...args: ConstructorParameters<typeof Tag>) {
					super(...args);
					throw new Error(`forbidden tag: ${name}`);
				}
				override *render(): Generator<unknown, void, unknown> {
					yield '';
				}
			},
		);
	}
	// Its own `raw` would let a lead's words into HTML as they are.
	liquid.registerFilter('raw', (value: unknown) => value);
	return liquid;
}

const plain = engine(false);
const html = engine(true);

/** Liquid for plain texts, or for HTML, where every value is escaped. */
export const liquidFor = (kind: 'plain' | 'html'): Liquid => (kind === 'html' ? html : plain);
