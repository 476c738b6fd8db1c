import { numberFormat } from '../../platform/formats.ts';
import { closeAlerts, openAlertStates, raiseAlerts, type NewAlert } from '../../platform/alerts.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { dayNumberOrNull, numberOrNull, storedDay } from '../../platform/columns.ts';
import { parseJson, type Knex } from '../../platform/directus.ts';
import { tell } from '../../platform/notices.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import { calendarOf, type WorkingCalendar } from '../../platform/time/working-time.ts';
import { directionOf, managersByTeam } from '../../pipeline/health/recipients.ts';
import { definitionOf } from './definitions/index.ts';
import type { Details } from './read/rows.ts';
import { namesOf } from './read/whose.ts';
import { contributionsOf, largestOf, type Raw } from './rules/change.ts';
import { expectedBy, gapOf } from './rules/expected.ts';
import { periodKinds, periodName, periodOf, type Period, type PeriodKind } from './rules/periods.ts';
import { contributionSentence } from './rules/sentences.ts';
import { scaleOf, valueText } from './rules/value.ts';
import { decimalsOf } from './seed-row.ts';
import type { KpiDefinition, Scope } from './types.ts';

/** A result with a target of its own, of a period that runs. */
type Watched = { definition: KpiDefinition; kpi: string; owner: string | null; warnRate: number; period: Period; scope: Scope; key: string; team: string | null; value: number; target: number; details: Details }; // prettier-ignore

const keyOf = ({ kpi, scope, key, period }: Watched): string => `kpi:${kpi}:${scope}:${key}:${period.kind}:${isoOf(period.start)}`;

/** Results that have their own row of `targets`: what is only held to somebody else's goal raises no alert of its own. */
async function readWatched(trx: Knex, today: number): Promise<Watched[]> {
	const rows = (await trx('performance as p')
		.join('kpis as k', 'k.id', 'p.kpi')
		.join('targets as t', (on) => void on.on('t.kpi', 'p.kpi').andOn('t.period_kind', 'p.period_kind').andOn('t.period_start', 'p.period_start').andOn('t.scope', 'p.scope'))
		.where('k.status', 'active')
		.whereNotNull('p.value')
		.whereIn('p.period_kind', ['month', 'quarter'])
		.where('p.period_start', '<=', storedDay(today))
		.where('p.period_end', '>=', storedDay(today))
		.whereRaw(`p.scope_key = coalesce(cast(t.team as varchar(36)), cast(t.owner as varchar(36)), cast(t.company as varchar(36)), 'company')`)
		.orderBy(['k.sort', 'p.scope', 'p.scope_key', 'p.period_kind'])
		.select('k.key', 'k.id as kpi', 'k.owner', 'k.warn_rate', 'p.period_kind', 'p.period_start', 'p.scope', 'p.scope_key', 'p.team', 'p.value', 'p.details', { target: 't.value' })) as Record<string, unknown>[];
	return rows.flatMap((row): Watched[] => {
		const definition = definitionOf(String(row['key']));
		const kind = periodKinds.find((one) => one === row['period_kind']);
		const [value, target, start] = [numberOrNull(row['value']), numberOrNull(row['target']), dayNumberOrNull(row['period_start'])];
		if (!definition || !kind || value === null || target === null || start === null) return [];
		const text = (name: string): string | null => (typeof row[name] === 'string' ? row[name] : null);
		return [{
			definition,
			kpi: String(row['kpi']),
			owner: text('owner'),
			warnRate: Number(row['warn_rate'] ?? 1000),
			period: periodOf(kind as PeriodKind, start),
			scope: row['scope'] as Scope,
			key: String(row['scope_key']),
			team: text('team'),
			value,
			target,
			details: parseJson<Details | null>(row['details'] ?? null) ?? {},
		}];
	});
} // prettier-ignore

type Off = Watched & { expected: number; gap: number };

/** Those that are further off than their KPI tolerates, and those that are not. */
function judge(watched: readonly Watched[], today: number, calendar: WorkingCalendar): { off: Off[]; fine: Watched[] } {
	const off: Off[] = [];
	const fine: Watched[] = [];
	for (const one of watched) {
		const expected = expectedBy(one.target, one.definition, one.period, today, calendar);
		if (expected === null) continue;
		const gap = gapOf(one.value, expected, one.definition.direction);
		if (gap >= one.warnRate && gap > 0) off.push({ ...one, expected, gap });
		else fine.push(one);
	}
	return { off, fine };
}

type People = { managers: ReadonlyMap<string, string>; direction: readonly string[] };

/** Who is to act: whoever answers for the KPI; else the person, the team's manager, Direction. */
const responsible = ({ owner, scope, key, team }: Watched, { managers, direction }: People): string | null =>
	owner ?? (scope === 'team' ? managers.get(key) : scope === 'person' ? (managers.get(team ?? '') ?? key) : undefined) ?? direction[0] ?? null;

function reasonOf({ definition, period, value, expected, target, gap, details }: Off, whose: string): string {
	const { unit, name, aggregation } = definition;
	const decimals = decimalsOf(definition);
	const text = (stored: number): string => valueText(stored, unit, decimals);
	const due = aggregation === 'sum' && expected !== target ? `${text(expected)} attendus à ce jour (objectif de la période : ${text(target)})` : `un objectif de ${text(target)}`;
	const share = numberFormat('fr', { maximumFractionDigits: 0 }).format(gap / 100);
	const side = value < expected ? 'en dessous' : 'au-dessus';
	// Of nought there is no share.
	const off = expected === 0 ? '' : `, soit ${share}\u00a0% ${side}`;
	const first = `${name}${whose}, ${periodName(period)} : ${text(value)} pour ${due}${off}.`;
	const map = (parts: Record<string, Raw> | undefined): Map<string, Raw> => new Map(Object.entries(parts ?? {}));
	const words = definition.parts?.words;
	if (!words || !details.parts) return first;
	const { largest, rest } = largestOf(contributionsOf(map(details.parts), map(details.wasParts), definition, definition.aggregation === 'ratio'));
	const why = contributionSentence(definition.parts?.name ?? '', largest, rest, (key) => words[key] ?? key, { name, unit, decimals });
	return why ? `${first} Depuis la période précédente. ${why}` : first;
} // prettier-ignore

type Raised = { dedupe_key: string; state: string; done_by: string | null };

/**
 * An episode begins when a figure leaves its target and ends when it is back, or its period over. Answers the key under which this one is to be
 * raised, or null where it is known already: open, or put aside by a person.
 */
function episodeKey(key: string, raised: readonly Raised[]): string | null {
	const own = raised.filter(({ dedupe_key }) => dedupe_key.startsWith(`${key}:`));
	if (own.some(({ state, done_by }) => openAlertStates.some((open) => open === state) || done_by !== null)) return null;
	return `${key}:${own.length + 1}`;
}

/** Raises and closes the alerts on targets. Run again it changes nothing. */
export async function warnOffTarget(trx: Knex): Promise<{ raised: number; closed: number; off: number; watched: number }> {
	const now = clockNow();
	const today = toParis(now).day;
	const calendar = calendarOf(((await trx('settings').first('opens_at', 'closes_at', 'alsace_moselle')) ?? {}) as Record<string, unknown>);
	const watched = await readWatched(trx, today);
	const { off, fine } = judge(watched, today, calendar);
	const known = (await trx('alerts').where({ kind: 'kpi' }).where('dedupe_key', 'like', 'kpi:%').select('dedupe_key', 'state', 'done_by')) as Raised[];
	const isOpen = ({ state }: Raised): boolean => openAlertStates.some((one) => one === state);
	const keysOf = (ones: readonly Watched[]): Set<string> => new Set(ones.map(keyOf));
	const [back, all] = [keysOf(fine), keysOf(watched)];
	const open = known.filter(isOpen).map(({ dedupe_key }) => ({ dedupe_key, key: dedupe_key.replace(/:\d+$/, '') }));
	const close = (keys: typeof open, outcome: string): Promise<number> => closeAlerts(trx, ['kpi'], 'dedupe_key', keys.map(({ dedupe_key }) => dedupe_key), outcome);
	const closed = (await close(open.filter(({ key }) => back.has(key)), 'L’indicateur est revenu dans son objectif.')) +
		(await close(open.filter(({ key }) => !all.has(key)), 'La période est close, ou l’objectif a été retiré.'));
	const people: People = { managers: await managersByTeam(trx), direction: await directionOf(trx) };
	const names = new Map<string, string>();
	for (const scope of ['team', 'person', 'client'] as const)
		for (const [id, name] of await namesOf(trx, scope, off.filter((one) => one.scope === scope).map(({ key }) => key))) names.set(`${scope}:${id}`, name);
	const alerts = off.flatMap((one): (NewAlert & { one: Off })[] => {
		const key = episodeKey(keyOf(one), known);
		if (key === null) return [];
		const whose = one.scope === 'company' ? '' : ` (${names.get(`${one.scope}:${one.key}`) ?? 'inconnu'})`;
		const missing = Math.abs(one.value - one.expected);
		return [{
			one,
			key,
			kind: 'kpi',
			severity: one.gap >= one.warnRate * 2.5 ? 'critical' : 'warning',
			title: `Hors objectif : ${one.definition.name}${whose}`,
			reason: reasonOf(one, whose),
			action: 'Ouvrez l’indicateur pour voir ce qui a changé, et décidez d’une action avec l’équipe ; si l’objectif n’est plus le bon, corrigez-le.',
			valueCents: one.definition.unit === 'eur' && scaleOf('eur') === 100 ? Math.min(missing, 2_147_483_647) : null,
			assignee: responsible(one, people),
			team: one.scope === 'team' ? one.key : one.team,
			subject: {},
		}];
	});
	const raised = await raiseAlerts(trx, alerts);
	await tell(trx, alerts.filter(({ key }) => raised.has(key)).map(({ one, title, reason, assignee }) => ({ recipients: assignee ? [assignee] : [], subject: title, message: reason, collection: 'kpis', item: one.kpi })));
	return { raised: raised.size, closed, off: off.length, watched: watched.length };
} // prettier-ignore
