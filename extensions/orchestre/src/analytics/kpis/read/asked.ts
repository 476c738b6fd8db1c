import { z } from 'zod';
import { UserError } from '../../../platform/errors.ts';
import { toParis } from '../../../platform/time/paris.ts';
import { lastPeriods, nextOf, periodKinds, readPeriod, type Period, type PeriodKind } from '../rules/periods.ts';
import { defaultKinds } from '../rules/wanted.ts';
import type { KpiDefinition, Scope } from '../types.ts';

const compares = ['previous', 'previous_year', 'target'] as const;
export type Compare = (typeof compares)[number];

/** What a request asks for; `scope` and `key` null where it leaves that to who is asking. */
export type Asked = { kind: PeriodKind; periods: Period[]; scope: Scope | null; key: string | null; compare: Compare; format: 'json' | 'csv' };

/** Periods that one answer covers at most: five years of weeks. */
const most = 260;
/** How far the trend goes back when nothing is said. */
const usual: Readonly<Record<PeriodKind, number>> = { day: 31, week: 13, month: 13, quarter: 5, year: 3 };

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const shape = z.strictObject({
	period: z.enum(periodKinds).optional(),
	from: day.optional(),
	to: day.optional(),
	scope: z.enum(['company', 'team', 'person', 'client']).optional(),
	scope_key: z.uuid().optional(),
	compare: z.enum(compares).optional(),
	format: z.enum(['json', 'csv']).optional(),
	access_token: z.string().optional(),
});

const help: Readonly<Record<string, string>> = {
	period: 'day, week, month, quarter ou year',
	from: 'une date comme 2026-01-31',
	to: 'une date comme 2026-01-31',
	scope: 'company, team, person ou client',
	scope_key: 'l’identifiant de l’équipe, de la personne ou du client',
	compare: 'previous, previous_year ou target',
	format: 'json ou csv',
};

function parse(query: unknown): z.infer<typeof shape> {
	const parsed = shape.safeParse(query);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
	if (unknown !== undefined) throw new UserError(`Le paramètre « ${unknown.slice(0, 40)} » n’existe pas. Au choix : ${Object.keys(help).join(', ')}.`);
	const name = String(issue?.path[0] ?? '');
	throw new UserError(`Le paramètre « ${name} » n’est pas valable : il attend ${help[name] ?? 'autre chose'}.`);
}

function period(kind: PeriodKind, name: 'from' | 'to', iso: string): Period {
	const found = readPeriod(kind, iso);
	if (!found) throw new UserError(`Le paramètre « ${name} » n’est pas valable : le ${iso.split('-').toReversed().join('/')} n’existe pas.`);
	return found;
}

function periodsOf(kind: PeriodKind, from: string | undefined, to: string | undefined, today: number): Period[] {
	const last = to === undefined ? null : period(kind, 'to', to);
	if (from === undefined) return lastPeriods(kind, last?.start ?? today, usual[kind]);
	const periods = [period(kind, 'from', from)];
	const end = last?.start ?? Math.max(today, periods[0]?.start ?? today);
	for (let next = periods[0]; next && nextOf(next).start <= end; next = nextOf(next)) {
		periods.push(nextOf(next));
		if (periods.length > most) throw new UserError(`C’est trop long : une réponse couvre au plus ${most} périodes.`);
	}
	if (last && (periods[0]?.start ?? 0) > last.start) throw new UserError('Le paramètre « from » vient après « to ».');
	return periods;
}

/** Reads a request for one KPI; everything that does not fit is a French sentence (400). */
export function readAsked(query: unknown, definition: KpiDefinition, now: Date): Asked {
	const { period: kind = 'month', from, to, scope = null, scope_key = null, compare = 'previous', format = 'json' } = parse(query);
	const kinds = definition.periods ?? defaultKinds;
	const french = { day: 'jour', week: 'semaine', month: 'mois', quarter: 'trimestre', year: 'année' };
	if (!kinds.includes(kind)) throw new UserError(`« ${definition.name} » n’est pas calculé par ${french[kind]}. Au choix : ${kinds.join(', ')}.`);
	const scopes = definition.scopes;
	const words = { company: 'l’entreprise', team: 'une équipe', person: 'une personne', client: 'un client' };
	if (scope !== null && !scopes.includes(scope)) throw new UserError(`« ${definition.name} » n’est pas calculé pour ${words[scope]}. Au choix : ${scopes.join(', ')}.`);
	if (scope === 'client' && kind !== 'year') throw new UserError('Les chiffres d’un client sont calculés par année : ajoutez period=year.');
	if (scope === 'client' && scope_key === null) throw new UserError('Dites de quel client il s’agit : scope_key est son identifiant.');
	if ((scope === null || scope === 'company') && scope_key !== null) throw new UserError('Le paramètre « scope_key » demande un « scope » : team, person ou client.');
	return { kind, periods: periodsOf(kind, from, to, toParis(now).day), scope, key: scope_key, compare, format };
} // prettier-ignore
