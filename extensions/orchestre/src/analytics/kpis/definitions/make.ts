import type { Facts, KpiDefinition, Parts, Scope, Source } from '../types.ts';

/** Facts of a source: 1 for each row, and no part, unless said otherwise. */
export const from = (source: Source, more: Partial<Omit<Facts, 'source'>> = {}): Facts => ({ source, value: '1', n: '1', part: 'null', ...more });

/** A source dated by a moment, or by a day. */
export const byMoment = (sql: Source['sql']): Source => ({ dated: 'moment', sql });
export const byDay = (sql: Source['sql']): Source => ({ dated: 'date', sql });

const columns = { value: 'f.value', n: 'f.n', part: 'f.part' };
/** Facts with a source of their own, whose columns `value`, `n` and `part` they are: dated by a moment, or by a day. */
export const moments = (sql: Source['sql']): Facts => from(byMoment(sql), columns);
export const days = (sql: Source['sql']): Facts => from(byDay(sql), columns);

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
