import type { Knex } from '../platform/directus.ts';
import { tell, type Notice } from '../platform/notices.ts';
import { counted } from '../platform/text.ts';
import { frenchDate, fromParis } from '../platform/time/paris.ts';
import type { Milestone, Project } from './plan.ts';
import type { Move } from './rules/reschedule.ts';

type Changes = { cause: Milestone | null; started: readonly Milestone[]; moves: readonly Move[]; before: ReadonlyMap<string, Milestone> };

const date = (day: number | null): string => (day === null ? 'sans date' : frenchDate(fromParis(day, 0)));

/** Who begins learns it; whoever runs the plan, and whose dates moved, learns what moved, from when to when and why. */
export async function tellChanges(trx: Knex, project: Project, { cause, started, moves, before }: Changes): Promise<void> {
	const notices: Notice[] = started.map((one) => ({
		recipients: [one.owner ?? project.manager].filter((user) => user !== null),
		collection: 'milestones',
		item: one.id,
		subject: `À vous : ${one.name}`,
		message: `Le jalon « ${one.name} » du projet « ${project.name} » commence. Échéance : ${date(one.due)}.${one.evidenceExpected ? ` Preuve attendue : ${one.evidenceExpected}.` : ''}`,
	}));
	if (moves.length > 0) {
		const lines = moves.flatMap(({ id, due, days }) => {
			const was = before.get(id);
			return was ? [`– ${was.name} : du ${date(was.due)} au ${date(due)} (${counted(days, 'jour ouvré', 'jours ouvrés')})`] : [];
		});
		const owners = moves.map(({ id }) => before.get(id)?.owner ?? null);
		notices.push({
			recipients: [project.manager, project.owner, ...owners].filter((user) => user !== null),
			collection: 'projects',
			item: project.id,
			subject: `${counted(moves.length, 'jalon reporté', 'jalons reportés')} : ${project.name}`,
			message: `${cause ? `À cause de « ${cause.name} » :` : 'Le plan a changé :'}\n${lines.join('\n')}\n\nLes dates que vous avez fixées n’ont pas bougé.`,
		});
	}
	await tell(trx, notices);
}
