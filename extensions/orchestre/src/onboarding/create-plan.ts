import { randomUUID } from 'node:crypto';
import { now as clockNow } from '../platform/clock.ts';
import { chunks, orchestreUserId, type Knex } from '../platform/directus.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import { tell } from '../platform/notices.ts';
import { counted, listed, shorten } from '../platform/text.ts';
import { frenchDate, fromParis, isoOf } from '../platform/time/paris.ts';
import type { WorkingCalendar } from '../platform/time/working-time.ts';
import { writeTrail, type TrailEntry } from '../platform/trail.ts';
import { readCandidates, teamsOf } from './people.ts';
import { castFor, type Wish } from './rules/assign.ts';
import type { Choice } from './rules/choose.ts';
import { plusWorkingDays } from './rules/days.ts';
import { joined, layOut } from './rules/lay-out.ts';
import { branches, type PlanRole } from './rules/types.ts';
import type { Company, Deal } from './subject.ts';
import { readContents, type MilestoneToCopy, type TaskToCopy } from './templates.ts';

/** What a plan is made of. `start`: the day number from which offsets count. */
export type NewPlan = { originKey: string; company: Company; deal: Deal | null; choice: Choice; start: number; calendar: WorkingCalendar };
export type MadePlan = { id: string; milestones: number; tasks: number };

type Row = Record<string, unknown> & { id: string };
type Dated = MilestoneToCopy & { starts: number; due: number };

/** Directus keeps a date as local midnight. */
const dateOf = (day: number): Date => new Date(`${isoOf(day)}T00:00:00`);

/** Why this plan, for whoever opens the project. */
function reasonOf({ choice: { main, additions }, deal }: NewPlan): string {
	const from = deal ? `Suite de l’affaire « ${deal.name} ».` : 'Client créé à la main, sans affaire gagnée.';
	const more = additions.length > 0 ? `, complété par ${listed(additions.map(({ name }) => `« ${name} »`))}` : '';
	return `${from} Modèle « ${main.name} »${more}.`;
}

const trailOf = (collection: string, rows: readonly Row[]): TrailEntry[] => rows.map((data) => ({ action: 'create', collection, item: data.id, data }));

async function write(trx: Knex, tables: readonly (readonly [string, readonly Row[]])[]): Promise<void> {
	for (const [table, rows] of tables) for (const part of chunks(rows)) await trx(table).insert(part);
	await writeTrail(
		trx,
		{},
		tables.flatMap(([table, rows]) => trailOf(table, rows)),
	);
}

type Cast = (part: PlanRole) => string | null;

/** Who plays which part, each asked once, so that one person has all of a part. */
async function castOf(trx: Knex, { choice: { main }, company, deal, start }: NewPlan): Promise<Cast> {
	const candidates = await readCandidates(trx, start);
	const wish: Wish = { seniority: main.seniority, team: main.team, industry: company.industry, seller: deal?.owner ?? company.owner };
	const known = new Map<PlanRole, string | null>();
	return (part) => {
		const cast = known.has(part) ? (known.get(part) ?? null) : castFor(part, candidates, wish);
		known.set(part, cast);
		return cast;
	};
}

function taskRows(
	plan: NewPlan,
	project: string,
	milestones: ReadonlyMap<string, { row: Row; at: Dated }>,
	tasks: readonly TaskToCopy[],
	cast: Cast,
	teams: ReadonlyMap<string, string | null>,
): Row[] {
	const now = clockNow();
	return tasks.flatMap((task): Row[] => {
		const of = milestones.get(task.milestone);
		if (!of) return [];
		const day = Math.max(plan.start, plusWorkingDays(of.at.due, task.offset, plan.calendar));
		const assignee = cast(task.role);
		return [
			{
				id: randomUUID(),
				title: task.title,
				kind: task.kind,
				priority: task.priority,
				description: task.description,
				status: 'todo',
				due_at: fromParis(day, plan.calendar.closes),
				assignee,
				team: teams.get(assignee ?? '') ?? plan.choice.main.team,
				milestone: of.row.id,
				origin: 'onboarding.plan',
				origin_key: `onboarding.plan:${project}:${task.id}`,
				date_created: now,
				user_created: orchestreUserId,
			},
		];
	});
}

function milestoneRows(
	plan: NewPlan,
	project: string,
	dated: readonly Dated[],
	cast: Cast,
	teams: ReadonlyMap<string, string | null>,
): Map<string, { row: Row; at: Dated }> {
	const now = clockNow();
	return new Map(
		dated.map((at, index) => {
			const owner = cast(at.role);
			const row: Row = {
				id: randomUUID(),
				sort: index + 1,
				name: at.name,
				project,
				// What requires nothing begins with the plan.
				status: at.requires.length === 0 ? 'in_progress' : 'todo',
				starts_on: dateOf(at.starts),
				due_on: dateOf(at.due),
				owner,
				team: teams.get(owner ?? '') ?? plan.choice.main.team,
				description: at.description,
				success_metric: at.successMetric,
				evidence_expected: at.evidence,
				is_go_live: at.isGoLive,
				asks_satisfaction: at.asksSatisfaction,
				template_milestone: at.id,
				date_created: now,
				user_created: orchestreUserId,
			};
			return [at.id, { row, at }];
		}),
	);
}

function projectRow(plan: NewPlan, id: string, dated: readonly Dated[], manager: string | null, account: string | null, team: string | null): Row {
	const { company, deal, choice, start } = plan;
	const last = Math.max(start, ...dated.map(({ due }) => due));
	return {
		id,
		name: shorten(`${choice.main.kind === 'delivery' ? 'Déploiement' : 'Intégration'} – ${company.name}`, 255),
		status: 'active',
		kind: choice.main.kind,
		company: company.id,
		manager,
		owner: account,
		team,
		description: reasonOf(plan),
		starts_on: dateOf(Math.min(start, ...dated.map(({ starts }) => starts))),
		ends_on: dateOf(last),
		progress: 0,
		opportunity: deal?.id ?? null,
		template: choice.main.id,
		origin_key: plan.originKey,
		date_created: clockNow(),
		user_created: orchestreUserId,
	};
}

/**
 * Writes a whole plan in the caller's transaction: project, milestones, what they wait for, tasks, the jobs of its branches and a word
 * to everybody who has a part. Null when the same origin has its plan already.
 */
export async function createPlan(trx: Knex, plan: NewPlan): Promise<MadePlan | null> {
	const contents = await readContents(trx, plan.choice);
	const inPlan = joined(contents.main, contents.additions) as MilestoneToCopy[];
	const dated = layOut(inPlan, plan.start, plan.calendar) as Dated[];
	const cast = await castOf(trx, plan);
	const parts = [...dated.map(({ role }) => role), ...contents.tasks.map(({ role }) => role)];
	const people = [...new Set(['project_manager' as const, 'success' as const, ...parts].map(cast))].filter((user) => user !== null);
	const teams = await teamsOf(trx, people);
	const manager = cast('project_manager');
	const account = plan.company.owner ?? cast('success') ?? plan.deal?.owner ?? null;
	const id = randomUUID();
	const project = projectRow(plan, id, dated, manager, account, plan.choice.main.team ?? teams.get(manager ?? '') ?? plan.company.team);
	const inserted = (await trx('projects').insert(project).onConflict('origin_key').ignore().returning('id')) as unknown[];
	if (inserted.length === 0) return null;
	await writeTrail(trx, {}, trailOf('projects', [project]));
	const milestones = milestoneRows(plan, id, dated, cast, teams);
	const links = dated.flatMap((one): Row[] =>
		one.requires.flatMap((other) => {
			const [milestone, requires] = [milestones.get(one.id)?.row.id, milestones.get(other)?.row.id];
			return milestone && requires ? [{ id: randomUUID(), milestone, requires }] : [];
		}),
	);
	const tasks = taskRows(plan, id, milestones, contents.tasks, cast, teams);
	await write(trx, [
		['milestones', [...milestones.values()].map(({ row }) => row)],
		['milestone_dependencies', links],
		['tasks', tasks],
	]);
	await enqueue(
		trx,
		branches.map((branch) => ({ kind: `onboarding.${branch}`, key: `onboarding.${branch}:${id}`, collection: 'projects', item: id, label: plan.company.name })),
	);
	const last = Math.max(plan.start, ...dated.map(({ due }) => due));
	const message = `${reasonOf(plan)} ${counted(dated.length, 'jalon', 'jalons')} jusqu’au ${frenchDate(fromParis(last, 0))}. Ouvrez le projet pour voir le plan et votre part.`;
	await tell(trx, [{ recipients: people, collection: 'projects', item: id, subject: `Nouveau plan : ${project['name'] as string}`, message }]);
	return { id, milestones: dated.length, tasks: tasks.length };
}
