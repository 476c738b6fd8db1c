import { dayOrNull, numberOrNull } from '../../platform/columns.ts';
import { isPostgres, type Knex } from '../../platform/directus.ts';
import type { Days } from './facts.ts';
import type { Override } from './rules/override.ts';
import type { Band } from './rules/types.ts';
import { within, type Scope } from './scope.ts';

/** A client with what was said of it last, and today's record. `reasons`: the json as it is stored. */
export type Client = {
	id: string;
	name: string;
	owner: string | null;
	team: string | null;
	/** Of the product, and neither merged into another nor put away. */
	isClient: boolean;
	override: Override;
	before: { score: number | null; band: Band | null; trend: number | null; reasons: string | null; override: Band | null };
	today: { score: number; band: Band; trend: number | null; overridden: boolean } | null;
	/** The score of about a month ago: what the trend is counted from. */
	monthAgo: number | null;
};

type Row = Record<string, unknown> & { id: string; name: string; owner: string | null; team: string | null };

/** How far back the score of a month ago may lie: the night may have been missed for a while. */
const [trendDays, oldestDays] = [30, 60];

/** Clients that are neither merged into another company nor put away. */
export function livingClients(query: Knex.QueryBuilder, table: string): void {
	void query
		.where({ [`${table}.is_client`]: true })
		.whereNull(`${table}.merged_into`)
		.where((either) => void either.whereNull(`${table}.archived`).orWhere({ [`${table}.archived`]: false }));
}

/** The companies of a scope that are clients, or have a health left from when they were; one statement. `limit`: that many, by id. */
export async function readClients(knex: Knex, scope: Scope | null, { date }: Days, limit?: number): Promise<Client[]> {
	const query = knex('companies as c')
		.leftJoin('health_history as h', (join) => void join.on('h.company', 'c.id').andOn('h.computed_on', knex.raw('?', [date(0)])))
		.where(
			(either) =>
				void either
					.where((living) => livingClients(living, 'c'))
					.orWhereNotNull('c.health_band')
					.orWhereNotNull('c.health_override'),
		)
		.orderBy('c.id')
		.select('c.id', 'c.name', 'c.owner', 'c.team', 'c.is_client', 'c.merged_into', 'c.archived', 'c.health_score', 'c.health_band', 'c.health_trend')
		.select('c.health_override', 'c.health_override_reason', 'c.health_override_until')
		.select('h.score as day_score', 'h.band as day_band', 'h.trend as day_trend', 'h.overridden as day_overridden')
		.select(knex.raw(`c.health_reasons${isPostgres(knex) ? '::text' : ''} as reasons_text`))
		.select(
			knex('health_history as m')
				.whereRaw('m.company = c.id')
				.where('m.computed_on', '<=', date(trendDays))
				.where('m.computed_on', '>=', date(oldestDays))
				.orderBy('m.computed_on', 'desc')
				.limit(1)
				.select('m.score')
				.as('month_score'),
		);
	if (scope) within(query, 'c.id', scope);
	if (limit) void query.limit(limit);
	return ((await query) as Row[]).map((row) => ({
		id: row.id,
		name: row.name,
		owner: row.owner,
		team: row.team,
		isClient: Boolean(row['is_client']) && !row['merged_into'] && !row['archived'],
		override: {
			band: (row['health_override'] as Band | null) ?? null,
			reason: row['health_override_reason'] as string | null,
			until: dayOrNull(row['health_override_until']),
		},
		before: {
			score: numberOrNull(row['health_score']),
			band: row['health_band'] as Band | null,
			trend: numberOrNull(row['health_trend']),
			reasons: row['reasons_text'] as string | null,
			override: (row['health_override'] as Band | null) ?? null,
		},
		today:
			row['day_score'] === null
				? null
				: {
						score: Number(row['day_score']),
						band: row['day_band'] as Band,
						trend: numberOrNull(row['day_trend']),
						overridden: Boolean(row['day_overridden']),
					},
		monthAgo: numberOrNull(row['month_score']),
	}));
}
