import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { UserError } from '../../platform/errors.ts';
import { isUuid } from '../../platform/input/fields.ts';
import { directionRole, financeRole, managerRole } from '../../platform/roles.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import type { View } from './answer.ts';
import { periodAround, viewPeriods } from './rules/period.ts';

/** What a request says of the view; the rest of it are the panel's own options. */
export type AskedView = { dashboard?: string; period?: string; scope?: string; key?: string; comparison?: string };

type CockpitRow = { id: string; isOwn: boolean; period: View['period']; scope: View['scope']; comparison: View['comparison'] };

/** The row of `dashboards` that says what this Directus dashboard shows to the caller: their own, their role's, else the one that comes first. */
async function cockpitOf(knex: Knex, { user, role }: Accountability, dashboard: string | undefined): Promise<CockpitRow | null> {
	if (!isUuid(dashboard)) return null;
	const rows = (await knex('dashboards').where({ dashboard, status: 'active' }).orderBy(['sort', 'id']).select('id', 'period', 'scope', 'comparison', 'owner', 'role')) as (Omit<CockpitRow, 'isOwn'> & { owner: string | null; role: string | null })[]; // prettier-ignore
	const own = rows.find(({ owner }) => owner === user) ?? rows.find((row) => row.owner === null && row.role === role);
	const found = own ?? rows.find(({ owner }) => owner === null);
	return found ? { ...found, isOwn: found === own } : null;
} // prettier-ignore

function oneOf<Word extends string>(words: readonly Word[], asked: string | undefined, fallback: Word, what: string): Word {
	if (asked === undefined) return fallback;
	const found = words.find((word) => word === asked);
	if (!found) throw new UserError(`${what} « ${asked.slice(0, 40)} » n’existe pas. Au choix : ${words.join(', ')}.`);
	return found;
}

/** Whoever sees all looks at the company first, a manager at the team, everybody else at themself. */
function widest({ role, admin }: Accountability): View['scope'] {
	if (admin || role === directionRole || role === financeRole) return 'company';
	return role === managerRole ? 'team' : 'person';
}

async function whose(knex: Knex, scope: View['scope'], key: string | undefined, accountability: Accountability): Promise<Pick<View, 'scope' | 'key' | 'name'>> {
	if (scope === 'company') return { scope, key: 'company', name: null };
	if (key !== undefined && !isUuid(key)) throw new UserError('Ce périmètre n’existe pas.');
	if (scope === 'team') {
		const team = key ?? ((await knex('directus_users').where({ id: accountability.user }).first('team')) as { team: string | null } | undefined)?.team;
		if (!team) return whose(knex, widest(accountability) === 'company' ? 'company' : 'person', undefined, accountability);
		const row = (await knex('teams').where({ id: team }).first('name')) as { name: string } | undefined;
		return { scope, key: team, name: row?.name ?? null };
	}
	const id = key ?? accountability.user ?? '';
	const row = (await knex('directus_users').where({ id }).first('first_name', 'last_name')) as { first_name: string | null; last_name: string | null } | undefined; // prettier-ignore
	return { scope, key: id, name: [row?.first_name, row?.last_name].filter(Boolean).join(' ') || null };
} // prettier-ignore

/** The view that a request asks for: its own words first, then the cockpit's, then what suits the caller's role. Names of people and teams are known to all staff. */
export async function viewOf({ database }: Host, accountability: Accountability, asked: AskedView, now: Date): Promise<{ view: View; cockpit: string | null }> {
	const cockpit = await cockpitOf(database, accountability, asked.dashboard);
	const period = oneOf(viewPeriods, asked.period, cockpit?.period ?? 'month', 'La période');
	const comparison = oneOf(['previous', 'previous_year', 'target'], asked.comparison, cockpit?.comparison ?? 'previous', 'La comparaison');
	// Another role's cockpit is looked at from above: Direction has no deals of its own to begin with.
	const usual = cockpit?.isOwn ? cockpit.scope : widest(accountability);
	const scope = oneOf(['company', 'team', 'person'], asked.scope, usual, 'Le périmètre');
	const { start, end } = periodAround(period, toParis(now).day);
	const view: View = { period, start: isoOf(start), end: isoOf(end), comparison, ...(await whose(database, scope, asked.key, accountability)) };
	return { view, cockpit: cockpit?.id ?? null };
}
