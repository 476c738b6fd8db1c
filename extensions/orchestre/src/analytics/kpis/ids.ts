import { createHash } from 'node:crypto';

/** The id of a KPI's row, from its key: the same in every instance. */
export function kpiId(key: string): string {
	const hash = createHash('sha256').update(`orchestre:kpi:${key}`).digest('hex');
	return `46${hash.slice(0, 6)}-${hash.slice(6, 10)}-4${hash.slice(10, 13)}-8${hash.slice(13, 16)}-${hash.slice(16, 28)}`;
}
