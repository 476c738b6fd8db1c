import type { Past } from '../model/make.ts';
import type { Kind, ScopeKind } from '../model/types.ts';

/** A row of `forecasts` as the page reads it. */
export type ForecastRow = {
	frozen_on: string;
	period_start: string;
	kind: Kind;
	scope: ScopeKind;
	scope_key: string;
	team: { name: string } | null;
	owner: { first_name: string | null; last_name: string | null } | null;
	p10_cents: number;
	p50_cents: number;
	p90_cents: number;
	naive_cents: number | null;
	details: { past: Past | null; wins: number; isAssumed: boolean } | null;
};

/** All that the reader may see of the latest frozen forecast, for one scope. */
export type ScopeForecast = { key: string; name: string; scope: ScopeKind; frozenOn: string; rows: ForecastRow[]; details: ForecastRow['details'] };

export type Get = <T>(path: string, params?: Record<string, string>) => Promise<T>;

const fields = 'frozen_on,period_start,kind,scope,scope_key,team.name,owner.first_name,owner.last_name,p10_cents,p50_cents,p90_cents,naive_cents,details';
const order: readonly ScopeKind[] = ['company', 'team', 'person'];

const nameOf = ({ scope, team, owner }: ForecastRow, company: string): string =>
	scope === 'company' ? company : scope === 'team' ? (team?.name ?? '–') : [owner?.first_name, owner?.last_name].filter(Boolean).join(' ') || '–';

/** The scopes of rows of one freeze: the company, then teams, then people, by name. */
export function scopesOf(rows: readonly ForecastRow[], company: string): ScopeForecast[] {
	return [...Map.groupBy(rows, ({ scope, scope_key }) => `${scope}:${scope_key}`)]
		.flatMap(([key, own]) => {
			const [first] = own;
			if (!first) return [];
			const details = own.find((row) => row.details !== null)?.details ?? null;
			return [{ key, name: nameOf(first, company), scope: first.scope, frozenOn: first.frozen_on, rows: own, details }];
		})
		.toSorted((one, other) => order.indexOf(one.scope) - order.indexOf(other.scope) || one.name.localeCompare(other.name));
}

/** Reads the latest frozen forecast; empty when none is there or none may be seen. */
export async function readForecast(get: Get, company: string): Promise<ScopeForecast[]> {
	const [latest] = await get<{ frozen_on: string }[]>('/items/forecasts', { sort: '-frozen_on', limit: '1', fields: 'frozen_on' });
	if (!latest) return [];
	// Directus compares dates on SQLite as if they were kept in UTC: “later than the day before” holds on both databases, “equal” does not.
	const before = new Date(Date.parse(`${latest.frozen_on.slice(0, 10)}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
	const rows = await get<ForecastRow[]>('/items/forecasts', { 'filter[frozen_on][_gt]': before, fields, sort: 'period_start', limit: '-1' });
	return scopesOf(rows, company);
}
