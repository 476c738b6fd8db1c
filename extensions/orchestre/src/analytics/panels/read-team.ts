import { isUuid } from '../../platform/input/fields.ts';
import { UserError } from '../../platform/errors.ts';
import type { Row } from '../../timeline/rules/types.ts';
import { definitionOf } from '../kpis/definitions/index.ts';
import type { Direction, Unit } from './parts/figures.ts';
import { listed, listsBehind } from './lists-behind.ts';
import type { ListTarget } from './parts/list-link.ts';
import { definePanelData } from './registry.ts';
import { membersOf } from './team-members.ts';
import { filterDay, keptKind, resultOf, startsOf } from './results.ts';
import { readingOf } from './rules/cards.ts';

export type Line = { key: string; name: string; isMe: boolean; value: number | null; before: number | null; target: number | null; list: ListTarget | null };
/** One KPI, person by person or team by team, best first, those without a figure last. Stored units; null: too few cases to say. */
export type Team = { kpi: { name: string; unit: Unit; decimals: number; direction: Direction }; lines: Line[] };

const most = 60;

definePanelData('team', {
	follows: ['performance'],
	reads: ['kpis', 'performance', 'teams', 'directus_users', ...listed],
	about: ({ kpi = 'ca_signe' }) => [kpi],
	async read(context): Promise<Team | null> {
		const { reader, view, options, now, accountability } = context;
		const wanted = options['kpi'] ?? 'ca_signe';
		const scope = options['by'] === 'team' ? 'team' : 'person';
		const [kpi] = await reader.rows('kpis', { needs: ['key'], fields: ['key', 'name', 'unit', 'decimals', 'direction', 'scopes'], filter: isUuid(wanted) ? { id: { _eq: wanted } } : ({ key: { _eq: wanted } } as never), limit: 1 });
		if (!kpi) throw new UserError('Cet indicateur n’existe pas.');
		const starts = view.period === 'rolling_12' ? startsOf(view.period, now) : [view.start];
		const rows = await reader.rows('performance', {
			needs: ['kpi', 'scope', 'scope_key', 'period_kind', 'period_start', 'team'],
			fields: ['period_start', 'value', 'target', 'previous', 'previous_year', 'numerator', 'denominator', 'sample_size', 'kpi', 'scope_key', 'team.id', 'team.name', 'owner.first_name', 'owner.last_name'],
			filter: { _and: [{ kpi: { _eq: kpi['id'] } }, { scope: { _eq: scope } }, { scope_key: { _neq: 'none' } }, { period_kind: { _eq: keptKind(view.period) } }, { period_start: { _in: starts.map(filterDay) } }, ...(view.scope === 'team' && scope === 'person' ? [{ team: { _eq: view.key } }] : [])] } as never,
			sort: ['period_start'],
			limit: most * 24,
		});
		const definition = definitionOf(String(kpi['key']));
		const behind = await listsBehind(context, [String(kpi['key'])]);
		const nameOf = (row: Row | undefined): string => {
			const [team, owner] = [row?.['team'] as { name?: string } | null, row?.['owner'] as { first_name?: string | null; last_name?: string | null } | null];
			return (scope === 'team' ? team?.name : [owner?.first_name, owner?.last_name].filter(Boolean).join(' ')) || '–';
		};
		const lines = [...Map.groupBy(rows, (row) => String(row['scope_key']))].flatMap(([key, own]): Line[] => {
			const name = nameOf(own[0]);
			const { value, before, target } = readingOf(own.map(resultOf), view, starts, definition);
			if (value === null && scope === 'team') return [];
			const list = behind(String(kpi['key']), String(kpi['name']), { ...view, scope, key });
			return [{ key, name, isMe: key === accountability.user, value, before, target, list: list && { ...list, title: `${list.title} · ${name}` } }];
		});
		if (scope === 'person' && definition) {
			const teams = view.scope === 'team' ? [view.key] : view.scope === 'company' ? [...new Set(rows.flatMap((row) => (row['team'] as { id?: string } | null)?.id ?? []))] : [];
			const known = new Set(lines.map(({ key }) => key));
			// What adds up is nought for who has nothing; a rate of nothing is none.
			const value = definition.aggregation === 'sum' || definition.aggregation === 'last' ? 0 : null;
			for (const { id, name } of await membersOf(context, definition, teams)) if (!known.has(id)) lines.push({ key: id, name, isMe: id === accountability.user, value, before: null, target: null, list: null });
		}
		if (lines.every(({ value }) => value === null)) return null;
		const direction = String(kpi['direction']) as Direction;
		const sign = direction === 'down' ? 1 : -1;
		return {
			kpi: { name: String(kpi['name']), unit: String(kpi['unit']) as Unit, decimals: Number(kpi['decimals'] ?? 0), direction },
			lines: lines.toSorted((one, other) => Number(one.value === null) - Number(other.value === null) || sign * ((one.value ?? 0) - (other.value ?? 0)) || one.name.localeCompare(other.name, 'fr')).slice(0, most),
		};
	},
}); // prettier-ignore
