import { randomUUID } from 'node:crypto';
import { now } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue, runDueJobs, runJobs, tallyOf, type Tally } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call, type Row } from '../../scripts/support/client.ts';
import { newCompany, newDeal, stages } from '../pipeline/support.ts';
import type { TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';

export type Milestone = Row & {
	id: string;
	name: string;
	status: string;
	starts_on: string;
	due_on: string;
	done_on: string | null;
	owner: string | null;
	dates_fixed: boolean;
	depends_on: { requires: { name: string } }[];
	tasks: { id: string; title: string; due_at: string; assignee: string | null; status: string }[];
};
export type Project = Row & {
	id: string;
	name: string;
	kind: string;
	status: string;
	company: string;
	opportunity: string | null;
	manager: string | null;
	owner: string | null;
	starts_on: string;
	ends_on: string;
	progress: number;
	contract: string | null;
	template: { key: string } | null;
	time_to_value_days: number | null;
	slack_channel: string | null;
	milestones: Milestone[];
};
export type Job = { id: string; kind: string; state: string; error: string | null; result: unknown; item: string; key: string };

/** What the tests of this room do again and again, on one Directus. */
export function stage(directus: TestDirectus) {
	const { admin, database } = directus;
	const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(admin, 'POST', `/items/${collection}`, row)).id;
	const change = (collection: string, id: string, values: Row): Promise<unknown> => call(admin, 'PATCH', `/items/${collection}/${id}`, values);
	/** All that is due is done, to the end: what the worker would do. Another flow may be quicker to claim a job, so it looks again. */
	const settle = async (): Promise<void> => {
		const host = await hostOf(directus);
		for (let turn = 0; turn < 100; turn++) {
			await runDueJobs(host);
			const rest: unknown = await database('jobs').whereIn('state', ['waiting', 'running']).where('due_at', '<=', now()).first('id');
			if (!rest) return;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		throw new Error('work does not come to an end');
	};
	const projectsOf = (company: string): Promise<Project[]> =>
		call<Project[]>(admin, 'GET', '/items/projects', undefined, {
			'filter[company][_eq]': company,
			fields: '*,template.key,milestones.*,milestones.tasks.*,milestones.depends_on.requires.name',
			'deep[milestones][_sort]': 'sort',
			sort: 'date_created',
		});
	const only = async (company: string): Promise<Project> => {
		const [project, second] = await projectsOf(company);
		if (second) throw new Error('more than one project');
		if (!project) throw new Error('no project');
		return project;
	};
	return {
		create,
		change,
		settle,
		projectsOf,
		only,
		/** A company and a deal of it that is won; nothing has followed yet. */
		async win(company: Row = {}, deal: Row = {}): Promise<{ company: string; deal: string }> {
			const id = await newCompany(admin, company);
			return { company: id, deal: await create('opportunities', newDeal(id, { stage: stages.won, ...deal })) };
		},
		/** The same with all that follows, by the jobs alone. */
		async onboard(company: Row = {}, deal: Row = {}): Promise<Project> {
			const won = await this.win(company, deal);
			await settle();
			return only(won.company);
		},
		jobsOf: async (item: string): Promise<Job[]> => (await database('jobs').where({ item }).orderBy('kind')) as Job[],
		milestone: (project: Project, name: string): Milestone => {
			const found = project.milestones.find((one) => one.name === name);
			if (!found) throw new Error(`no milestone ${name}`);
			return found;
		},
		/** A milestone is reached, with what it asks for. */
		reach: (id: string, values: Row = {}): Promise<unknown> =>
			change('milestones', id, { status: 'done', evidence: 'Compte rendu envoyé le jour même', ...values }),
		/** The schedule of a flow strikes once. */
		async strike(kind: string): Promise<Tally> {
			const [id] = await enqueue(database, [{ kind, key: `${kind}:test:${randomUUID()}` }]);
			return tallyOf(await runJobs(await hostOf(directus), { ids: id ? [id] : [] }));
		},
	};
}
