import type { KpiDefinition } from '../types.ts';
import { breakdowns } from './breakdowns.ts';
import { sales } from './sales.ts';

/** Every KPI of the product, in the order of the list. A file's definitions are added here, and nowhere else. */
export const definitions: readonly KpiDefinition[] = [...sales, ...breakdowns];

export const definitionOf = (key: string): KpiDefinition | undefined => definitions.find((one) => one.key === key);
