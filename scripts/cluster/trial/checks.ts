import { setTimeout as sleep } from 'node:timers/promises';
import { flowIds } from '../../../seeds/ids.ts';
import { call } from '../../support/client.ts';
import { newLead, postUntilTaken } from './company.ts';
import type { Company } from './company.ts';
import { instances, run } from './stack.ts';
import type { Instance, Stack } from './stack.ts';
import { treatedOnce } from './treated.ts';
import type { Finding } from './treated.ts';

export type Trial = { stack: Stack; company: Company };

/**
 * Both instances start together on nothing. The one that prepares the database is killed in the middle of it: the other, which
 * waited, does the rest. Then the first comes back.
 */
export async function started(stack: Stack): Promise<Finding> {
	await stack.compose('build', 'directus-1');
	await stack.compose('up', '-d');
	let victim: Instance | undefined;
	for (const deadline = Date.now() + 300_000; !victim && Date.now() < deadline; await sleep(500)) {
		const logs = await stack.compose('logs', '--no-color', ...instances);
		victim = instances.find((instance) => logs.includes(`[${instance}] Préparation : Rôles`));
	}
	if (!victim) throw new Error('La préparation n’a pas été vue en cours.');
	const container = await stack.container(victim);
	await run('docker', ['kill', container]);
	const other = instances.find((instance) => instance !== victim) ?? victim;
	await stack.ready(other);
	await run('docker', ['start', container]);
	await stack.ready(victim);
	return { figures: `${victim} tuée pendant les rôles et les flux, ${other} a fini`, faults: [] };
}

/** One instance prepared the database, the other found it ready. */
export async function preparedOnce({ stack }: Trial): Promise<Finding> {
	const logs = await stack.compose('logs', '--no-color', ...instances);
	const count = (line: string): number => logs.split(line).length - 1;
	const [prepared, found] = [count('Base préparée.'), count('Base déjà à jour.')];
	const administrators = await stack.rows<{ id: string }>(`select id from directus_users where email = '${stack.admin.email}'`);
	const faults = prepared === 1 && found === 1 && administrators.length === 1 ? [] : ['préparée plus ou moins d’une fois'];
	return { figures: `préparée ${prepared} fois, trouvée prête ${found} fois`, faults };
}

/** Leads one by one through the first instance, the second, and nginx. */
export async function anyDoor({ stack, company }: Trial): Promise<Finding> {
	const accepted: string[] = [];
	const refused: number[] = [];
	for (const door of [...instances, 'nginx'] as const)
		for (let count = 0; count < 10; count += 1) {
			const { ok, status, ids } = await postUntilTaken(stack.url(door), company.token, newLead('doors'));
			if (ok) accepted.push(...ids);
			else refused.push(status);
		}
	const { faults, leads } = await treatedOnce(stack, 'doors', accepted);
	const ownerless = leads.filter(({ owner }) => owner === null).length;
	if (refused.length > 0) faults.push(`refusés : ${refused.join(', ')}`);
	if (ownerless > 0) faults.push(`${ownerless} sans responsable`);
	return { figures: `${leads.length} leads par 3 portes`, faults };
}

/** Fifty leads at once, half to each instance, for three sellers with twelve places each. */
export async function lastPlaces({ stack, company }: Trial): Promise<Finding> {
	const places = 12;
	const open = (): Promise<{ user: string; counted: number; really: number }[]> =>
		stack.rows(`select w.user, w.open_leads as counted, (select count(*) from leads l where l.owner = w.user and l.status in ('new', 'contacted', 'qualified')) as really
			from workloads w where w.user in (${company.sellers.map((id) => `'${id}'`).join(', ')})`);
	const before = new Map((await open()).map(({ user, really }) => [user, really]));
	for (const id of company.sellers) await call(company.admin, 'PATCH', `/users/${id}`, { lead_capacity: (before.get(id) ?? 0) + places });
	const answers = await Promise.all(
		Array.from({ length: 50 }, (_, index) => postUntilTaken(stack.url(instances[index % 2 ? 1 : 0]), company.token, newLead('places'))),
	);
	const { faults, leads } = await treatedOnce(
		stack,
		'places',
		answers.flatMap(({ ids }) => ids),
	);
	const after = await open();
	const owned = leads.filter(({ owner }) => owner !== null).length;
	if (answers.some(({ ok }) => !ok)) faults.push(`${answers.filter(({ ok }) => !ok).length} refusés`);
	if (after.some(({ user, really }) => really > (before.get(user) ?? 0) + places)) faults.push('capacité dépassée');
	if (after.some(({ counted, really }) => counted !== really)) faults.push('charge mal comptée');
	if (owned !== 3 * places) faults.push(`${owned} attribués au lieu de ${3 * places}`);
	for (const id of company.sellers) await call(company.admin, 'PATCH', `/users/${id}`, { lead_capacity: 1000 });
	return { figures: `50 leads, ${owned} pour ${3 * places} places`, faults };
}

/** The reminder of leads, every ten seconds for a while instead of every quarter of an hour. */
export async function oneFiring({ stack, company }: Trial): Promise<Finding> {
	const every = 10;
	const path = `/flows/${flowIds['leads.escalate']}`;
	const { options } = await call<{ options: Record<string, unknown> }>(company.admin, 'GET', path);
	await call(company.admin, 'PATCH', path, { options: { ...options, cron: `*/${every} * * * * *` } });
	// Both instances have taken the change up before the first firing that counts.
	await sleep(5000);
	const [start] = await stack.rows<{ at: string }>(`select to_timestamp(ceil(extract(epoch from now()) / ${every}) * ${every}) as at`);
	const since = `timestamptz '${start?.at ?? ''}' - interval '2 seconds'`;
	const slots = 12;
	await sleep((slots + 0.5) * every * 1000);
	const until = `timestamptz '${start?.at ?? ''}' + interval '${slots * every - 2} seconds'`;
	await call(company.admin, 'PATCH', path, { options });
	const firings = await stack.rows<{ n: number }>(
		`select count(*) as n from directus_activity where action = 'run' and item = '${flowIds['leads.escalate']}' and timestamp > ${since} and timestamp < ${until} group by round(extract(epoch from timestamp) / ${every})`,
	);
	const jobs = await stack.rows<{ key: string; state: string }>(`select key, state from jobs where kind = 'leads.escalate' and date_created > ${since}`);
	const total = firings.reduce((sum, { n }) => sum + n, 0);
	const faults: string[] = [];
	if (firings.length !== slots || total !== slots) faults.push(`${total} déclenchements en ${firings.length} créneaux au lieu de ${slots}`);
	if (jobs.length === 0 || jobs.some(({ state }) => state !== 'done')) faults.push('travail absent ou inachevé');
	return { figures: `${total} déclenchements pour ${slots} créneaux, ${jobs.length} travaux (un par minute)`, faults };
}
