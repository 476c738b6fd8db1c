import type { PeriodKind } from '../../kpis/rules/periods.ts';
import type { Scope } from '../../kpis/types.ts';

/** Reports that come by themselves; the values of `reports.kind`. */
export const kinds = ['weekly_sales', 'weekly_team', 'weekly_success', 'weekly_finance', 'monthly_management', 'gains'] as const;
export type ReportKind = (typeof kinds)[number];

export const isKind = (kind: unknown): kind is ReportKind => kinds.some((one) => one === kind);

export type Role = 'direction' | 'manager' | 'commercial' | 'finance' | 'success' | 'operations';

type Kind = {
	title: string;
	/** Whose report it is: it comes to everybody with this role, each with what they may see. */
	role: Role;
	period: Extract<PeriodKind, 'week' | 'month'>;
	/** Whose figures: the reader's own, those of their team, or the company's. */
	scope: Exclude<Scope, 'client'>;
	/** Of several cockpits of the role the one whose KPIs these are (`dashboards.key`). */
	cockpit?: string;
};

export const reportKinds: Readonly<Record<ReportKind, Kind>> = {
	weekly_sales: { title: 'Semaine commerciale', role: 'commercial', period: 'week', scope: 'person' },
	weekly_team: { title: 'Semaine de l’équipe', role: 'manager', period: 'week', scope: 'team', cockpit: '2.manager' },
	weekly_success: { title: 'Semaine succès client', role: 'success', period: 'week', scope: 'company' },
	weekly_finance: { title: 'Semaine finance', role: 'finance', period: 'week', scope: 'company' },
	monthly_management: { title: 'Mois de la direction', role: 'direction', period: 'month', scope: 'company', cockpit: '3.direction' },
	gains: { title: 'Gains mesurés', role: 'direction', period: 'month', scope: 'company' },
};

/** The one that somebody of this role gets at the press of the button; null for roles without a report. */
export const ownKind = (role: Role): ReportKind | null => kinds.find((kind) => reportKinds[kind].role === role) ?? null;
