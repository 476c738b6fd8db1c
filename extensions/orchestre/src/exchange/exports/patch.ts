import type { Host } from '../../platform/directus.ts';
import { UnexpectedError } from '../../platform/errors.ts';
import { sharedState } from '../../platform/shared-state.ts';
import { defuseAll } from './defuse.ts';

type Transform = (this: unknown, input: unknown, format: string, options?: Record<string, unknown>) => string;
type Exporter = { prototype: { transform: Transform } };

const done = sharedState('exchange.defused', () => ({ transform: null as Transform | null }));

/**
 * Makes Directus's CSV exports safe to open in a spreadsheet. Both ways out (`?export=csv` on a list, and a file written in the
 * background) end in `ExportService.transform`, which no hook reaches: the method is replaced, once per process, and tried out at
 * boot. In the file there is always the mark that tells Excel it is UTF-8; JSON, XML and YAML are data and stay untouched.
 */
export function defuseExports(services: Host['services']): void {
	const { prototype } = services['ExportService'] as unknown as Exporter;
	if (typeof prototype.transform !== 'function') throw new UnexpectedError('exports: Directus has no ExportService.transform any more');
	if (prototype.transform !== done.transform) {
		const original = prototype.transform;
		done.transform = function defused(this: unknown, input, format, options) {
			if (!format.startsWith('csv')) return original.call(this, input, format, options);
			const isStart = options?.['includeHeader'] !== false;
			return original.call(this, defuseAll(input), isStart ? 'csv_utf8' : 'csv', options);
		};
		prototype.transform = done.transform;
	}
	const tried = prototype.transform.call(Object.create(prototype), [{ a: '=1+1', b: -2 }], 'csv');
	if (!tried.includes('"\'=1+1",-2')) throw new UnexpectedError('exports: formulas are not defused');
}
