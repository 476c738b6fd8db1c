import { counted, listed } from '../../platform/text.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import type { Knex } from '../../platform/directus.ts';
import { countOf, type Plan } from './plan.ts';
import { readableBy, type Person } from './persons.ts';

/** `12 leads ouverts, 3 affaires en cours et 1 tâche à faire`, or that there is nothing. */
export function summaryOf(parts: readonly { holding: { one: string; many: string }; count: number }[]): string {
	const named = parts.filter(({ count }) => count > 0).map(({ holding, count }) => counted(count, holding.one, holding.many));
	return named.length > 0 ? listed(named) : 'rien';
}

export const summaryOfPlan = ({ parts }: Plan): string => summaryOf(parts.map(({ holding, rows }) => ({ holding, count: rows.length })));

/** Who takes over, in words. */
export function takerWords({ request, to, takers }: Pick<Plan, 'request' | 'to' | 'takers'>): string {
	const main = to?.name ?? (takers.length > 0 ? listed(takers.map(({ name }) => name)) : null);
	if (!main) return 'l’attribution automatique (leads seulement)';
	return request.leadsByRules ? `${main}, leads par l’attribution automatique` : main;
}

const today = (now: Date): string => isoOf(toParis(now).day);
const worked = ['new', 'contacted', 'qualified'];

async function capacityWarnings(knex: Knex, plan: Plan): Promise<string[]> {
	const leads = plan.parts.find(({ holding }) => holding.collection === 'leads')?.rows.filter(({ state }) => worked.includes(state ?? '')) ?? [];
	const settings = (await knex('settings').first('default_capacity')) as { default_capacity: number } | undefined;
	const open = new Map(
		((await knex('workloads').select('user', 'open_leads')) as { user: string; open_leads: number }[]).map(({ user, open_leads }) => [
			user,
			Number(open_leads),
		]),
	);
	const capacityOf = (person: Person): number => person.capacity ?? settings?.default_capacity ?? 0;
	return plan.takers.flatMap((person) => {
		const more = leads.filter(({ to }) => to?.id === person.id).length;
		const after = (open.get(person.id) ?? 0) + more;
		return more > 0 && after > capacityOf(person) ? [`${person.name} aura ${after} leads ouverts pour une capacité de ${capacityOf(person)}.`] : [];
	});
}

/** Who of the takers is away today. */
async function absenceWarnings(knex: Knex, takers: readonly Person[], now: Date): Promise<string[]> {
	if (takers.length === 0) return [];
	const rows = (await knex('absences')
		.whereIn(
			'user',
			takers.map(({ id }) => id),
		)
		.select('user', 'starts_on', 'ends_on')) as { user: string; starts_on: Date | number | string; ends_on: Date | number | string }[];
	// A `date` is local midnight, or text: both are compared as days.
	const day = (value: Date | number | string): string => (typeof value === 'string' ? value.slice(0, 10) : new Date(value).toLocaleDateString('sv-SE'));
	const away = new Set(rows.filter(({ starts_on, ends_on }) => day(starts_on) <= today(now) && today(now) <= day(ends_on)).map(({ user }) => user));
	return takers.filter(({ id }) => away.has(id)).map(({ name }) => `${name} n’est pas là aujourd’hui.`);
}

async function teamWarnings(knex: Knex, { from, takers, parts }: Plan): Promise<string[]> {
	const led = ((await knex('teams').where({ manager: from.id }).pluck('name')) as string[]).toSorted();
	const moved = parts.some(({ rows }) => rows.length > 0) && takers.some(({ team }) => team !== null && team !== from.team);
	return [
		...(led.length > 0
			? [`${from.name} dirige ${led.length > 1 ? 'les équipes' : 'l’équipe'} ${listed(led)} : choisissez un autre manager sur sa fiche.`]
			: []),
		...(moved ? ['Ce qui change d’équipe sera visible de la nouvelle équipe, et ne le sera plus de l’ancienne.'] : []),
	];
}

/** What a taker's role keeps from them: it would lie where nobody looks. */
async function blindWarnings(knex: Knex, { takers, parts }: Plan): Promise<string[]> {
	const readable = await readableBy(knex, takers);
	return takers.flatMap((person) => {
		const known = readable.get(person.id);
		const hidden = known ? parts.filter(({ holding }) => !known.has(holding.collection)) : [];
		const counts = hidden.map(({ holding, rows }) => ({ holding, count: rows.filter(({ to }) => to?.id === person.id).length }));
		return counts.some(({ count }) => count > 0) ? [`Le rôle de ${person.name} ne lui montre pas : ${summaryOf(counts)}.`] : [];
	});
}

/** What whoever decides should know, in French. */
export async function warningsOf(knex: Knex, plan: Plan, now: Date): Promise<string[]> {
	const leads = plan.parts.find(({ holding }) => holding.collection === 'leads')?.rows ?? [];
	const ripening = plan.request.leadsByRules ? leads.filter(({ state }) => state === 'nurturing').length : 0;
	return [
		...(countOf(plan) === 0 ? [`${plan.from.name} n’a rien à transmettre.`] : []),
		...(plan.left.length > 0 ? [`Ne sera pas transmis, faute de repreneur : ${summaryOf(plan.left)}.`] : []),
		...(await blindWarnings(knex, plan)),
		...(await capacityWarnings(knex, plan)),
		...(ripening > 0
			? [`${counted(ripening, 'lead en maturation restera', 'leads en maturation resteront')} sans responsable : libre à l’équipe de les prendre.`]
			: []),
		...(await absenceWarnings(knex, plan.takers, now)),
		...(await teamWarnings(knex, plan)),
		...(plan.from.takesLeads ? [`${plan.from.name} ne recevra plus de nouveaux leads.`] : []),
	];
}
