import type { Facts, KpiDefinition, Parts, Scope } from '../types.ts';

/** Facts dated by a moment. */
export const moments = (sql: Facts['sql']): Facts => ({ dated: 'moment', sql });
/** Facts dated by a day. */
export const days = (sql: Facts['sql']): Facts => ({ dated: 'date', sql });

/** Everybody's scopes. */
export const people: readonly Scope[] = ['company', 'team', 'person'];
export const everyPeriod = ['day', 'week', 'month', 'quarter', 'year'] as const;
export const fromWeeks = ['week', 'month', 'quarter', 'year'] as const;

type Own = 'key' | 'name' | 'name_en' | 'description' | 'formula' | 'unit' | 'direction' | 'formulaOf';

/** A definition of a domain, version 1, hourly, for everybody's scopes unless said otherwise; a formula with a denominator is a ratio. */
export const inDomain =
	(domain: KpiDefinition['domain']) =>
	(own: Pick<KpiDefinition, Own> & Partial<KpiDefinition>): KpiDefinition => ({
		version: 1,
		domain,
		aggregation: 'compute' in own.formulaOf ? 'none' : own.formulaOf.denominator ? 'ratio' : 'sum',
		frequency: own.touchedBy ? 'on_change' : 'hourly',
		scopes: people,
		...own,
	});

export const stageParts: Parts = { name: 'étape', table: { name: 'stages', key: 'id', label: 'name' } };
export const sourceParts = (words: Readonly<Record<string, string>>): Parts => ({ name: 'source', words });
/** A row's id as the text of a part. */
export const asText = (column: string): string => `cast(${column} as varchar(36))`;
