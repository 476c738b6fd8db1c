import { createHash } from 'node:crypto';

const uuid = (family: string, text: string): string => {
	const hash = createHash('sha256').update(`orchestre:${text}`).digest('hex');
	return `${family}${hash.slice(0, 6)}-${hash.slice(6, 10)}-4${hash.slice(10, 13)}-8${hash.slice(13, 16)}-${hash.slice(16, 28)}`;
};

/** Fixed ids of what the dashboards are made of. */
export const dashboardId = (number: number): string => `47000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const panelId = (dashboard: number, key: string): string => uuid('47', `panel:${dashboard}:${key}`);
export const cockpitId = (dashboard: number, role: string): string => uuid('47', `cockpit:${dashboard}:${role}`);
export const cockpitKpiId = (dashboard: number, role: string, kpi: string): string => uuid('47', `cockpit-kpi:${dashboard}:${role}:${kpi}`);
