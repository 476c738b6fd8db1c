import { setTimeout as sleep } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import type { Trial } from './checks.ts';
import { newLead, postLeads } from './company.ts';
import type { Answer } from './company.ts';
import { instances, run } from './stack.ts';
import type { Stack } from './stack.ts';
import { treatedOnce } from './treated.ts';
import type { Finding } from './treated.ts';

type Jobs = { state: string; n: number; tries: number }[];

const jobsOf = (stack: Stack, occasion: string): Promise<Jobs> =>
	stack.rows(
		`select j.state, count(*) as n, max(j.attempts) as tries from jobs j join leads l on l.id::text = j.item where l.current_solution = '${occasion}' group by j.state`,
	);

const countIn = (jobs: Jobs, ...states: string[]): number => jobs.filter(({ state }) => states.includes(state)).reduce((total, { n }) => total + n, 0);

/** Waits until announcements are owed; those of a hundred leads are done within a second. Asked of the instance that stays. */
async function owed({ stack, company }: Trial): Promise<void> {
	const query = 'limit=1&fields=id&filter[kind][_eq]=leads.announce&filter[state][_in]=waiting,running';
	for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
		const response = await fetch(`${stack.url('directus-2')}/items/jobs?${query}`, { headers: { authorization: `Bearer ${company.token}` } });
		const { data } = (await response.json()) as { data: unknown[] };
		if (data.length > 0) return;
	}
	throw new Error('Aucune annonce n’a été vue en attente : rien à interrompre.');
}

/** SIGKILL for the instance that takes leads, a hundred at a time from four sides, while it owes announcements. */
export async function killed(trial: Trial): Promise<Finding> {
	const { stack, company } = trial;
	const size = 100;
	const [victim] = instances;
	const occasion = 'killed';
	const container = await stack.container(victim);
	const answers: Answer[] = [];
	const posts = [0, 1, 2, 3].map(async () => {
		for (let count = 0; count < 4; count += 1)
			answers.push(
				await postLeads(
					stack.url(victim),
					company.token,
					Array.from({ length: size }, () => newLead(occasion)),
				),
			);
	});
	try {
		while (answers.length === 0) await sleep(20);
		await owed(trial);
	} finally {
		await run('docker', ['kill', container]);
		await Promise.all(posts);
	}
	const left = await jobsOf(stack, occasion);
	const accepted = answers.flatMap(({ ids }) => ids);
	const { faults, leads } = await treatedOnce(stack, occasion, accepted);
	if (accepted.length === 0) faults.push('aucun envoi accepté avant l’arrêt');
	if (leads.length % size !== 0) faults.push('un envoi à moitié écrit');
	if (countIn(left, 'waiting', 'running') === 0) faults.push('rien ne restait à faire au moment de l’arrêt : l’essai ne prouve rien');
	const tries = Math.max(0, ...(await jobsOf(stack, occasion)).map((row) => row.tries));
	await run('docker', ['start', container]);
	await stack.ready(victim);
	const figures = `${accepted.length} leads acceptés, ${countIn(left, 'waiting', 'running')} travaux restants (${countIn(left, 'running')} en cours) repris, ${tries} essais au plus`;
	return { figures, faults };
}

/** Clients who write and read through nginx without a rest, until told to stop. */
class Load {
	readonly accepted: string[] = [];
	readonly failures: string[] = [];
	requests = 0;
	#goesOn = true;
	readonly #clients: Promise<void>[];

	constructor({ stack, company }: Trial, occasion: string, clients: number) {
		this.#clients = Array.from({ length: clients }, async () => {
			while (this.#goesOn) {
				const { ok, status, ids } = await postLeads(stack.url('nginx'), company.token, newLead(occasion));
				this.accepted.push(...ids);
				if (!ok) this.failures.push(`POST ${status}`);
				const list = await fetch(`${stack.url('nginx')}/items/leads?limit=5&sort=-date_created`, {
					headers: { authorization: `Bearer ${company.token}` },
				}).catch(() => null);
				await list?.arrayBuffer().catch(() => this.failures.push('GET coupé'));
				if (!list?.ok) this.failures.push(`GET ${list?.status ?? 0}`);
				this.requests += 2;
				await sleep(50);
			}
		});
	}

	async stop(): Promise<void> {
		this.#goesOn = false;
		await Promise.all(this.#clients);
	}
}

/** Both instances are made anew, one after the other, as an update does; others work meanwhile. */
export async function rolled(trial: Trial): Promise<Finding> {
	const { stack } = trial;
	const load = new Load(trial, 'rolled', 4);
	await sleep(3000);
	for (const instance of instances) {
		await stack.compose('up', '-d', '--no-deps', '--force-recreate', instance);
		await stack.ready(instance);
		await sleep(3000);
	}
	await load.stop();
	const { faults, leads } = await treatedOnce(stack, 'rolled', load.accepted);
	// Refused before anything was done: Directus's own limiter, on a machine that has too little processor for this.
	const refused = load.failures.filter((failure) => failure.endsWith('503')).length;
	if (load.failures.length > refused) faults.push(`requêtes en échec : ${[...new Set(load.failures)].join(', ')}`);
	if (leads.length !== load.accepted.length) faults.push(`${leads.length} leads pour ${load.accepted.length} acceptés`);
	return { figures: `${load.requests} requêtes, ${load.failures.length - refused} perdues, ${refused} refusées pour surcharge, ${leads.length} leads`, faults };
}

/** What the provision makes; `date` columns and the trail are the business's own. */
const provisioned = [
	'collections',
	'fields',
	'relations',
	'roles',
	'policies',
	'access',
	'permissions',
	'flows',
	'operations',
	'presets',
	'translations',
	'migrations',
];

/** One hash for the structure of the database and all that provisioning puts into it. */
export async function fingerprint(stack: Stack): Promise<string> {
	const hash = createHash('sha256');
	for (const table of [...provisioned.map((name) => `directus_${name}`), 'orchestre_provision', 'scoring_rules', 'stages'])
		for (const row of await stack.rows<{ sum: string }>(`select md5(string_agg(t::text, '|' order by t::text)) as sum from ${table} t`))
			hash.update(`${table}:${row.sum};`);
	const columns = `select md5(string_agg(concat(table_name, column_name, data_type, column_default, is_nullable), '|' order by table_name, column_name)) as sum from information_schema.columns where table_schema = 'public'`;
	for (const { sum: text } of await stack.rows<{ sum: string }>(columns)) hash.update(text);
	return hash.digest('hex');
}

/** `up` once more: the same containers, and what provisioning made is as it was before the restarts. */
export async function upAgain({ stack }: Trial, before: string): Promise<Finding> {
	const services = [...instances, 'nginx', 'postgres', 'redis'];
	const containers = async (): Promise<string> => (await Promise.all(services.map((service) => stack.container(service)))).join();
	const ids = await containers();
	await stack.compose('up', '-d');
	for (const instance of instances) await stack.ready(instance);
	const faults: string[] = [];
	if ((await containers()) !== ids) faults.push('un conteneur a été refait');
	if ((await fingerprint(stack)) !== before) faults.push('la préparation a changé la base');
	return { figures: `${services.length} conteneurs gardés, base préparée inchangée depuis le premier démarrage`, faults };
}
