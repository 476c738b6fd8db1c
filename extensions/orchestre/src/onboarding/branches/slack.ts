import { z } from 'zod';
import { now } from '../../platform/clock.ts';
import { orchestreUserId, type Knex } from '../../platform/directus.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { writeTrail } from '../../platform/trail.ts';
import { openSlackChannel, slackConfigured } from '../../slack/index.ts';
import { flows } from '../flows.ts';
import { openBranch, type Project } from './project.ts';

/** Everybody of ours who has a part in the plan. */
async function membersOf(trx: Knex, { id, manager, owner }: Project): Promise<string[]> {
	const milestones = (await trx('milestones').where({ project: id }).distinct('owner').pluck('owner')) as (string | null)[];
	const tasks = (await trx('tasks')
		.whereIn('milestone', trx('milestones').where({ project: id }).select('id'))
		.distinct('assignee')
		.pluck('assignee')) as (string | null)[];
	return [...new Set([manager, owner, ...milestones, ...tasks])].filter((user) => typeof user === 'string').toSorted();
}

async function keep(trx: Knex, table: 'projects' | 'companies', item: string, channel: string): Promise<void> {
	const change = { slack_channel: channel, date_updated: now(), user_updated: orchestreUserId };
	const changed = await trx(table).where({ id: item }).whereNull('slack_channel').update(change);
	if (changed > 0) await writeTrail(trx, {}, [{ action: 'update', collection: table, item, data: change }]);
}

/** The client's channel with everybody who has a part: opened, or completed where it is there already. Says so when Slack is not set up. */
defineJob({
	kind: 'onboarding.slack',
	flow: flows.branches,
	mode: 'external',
	timeoutMs: 180_000,
	payload: z.object({}),
	run: async ({ host, job, key }): Promise<JobResult> => {
		const open = await openBranch(host.database, 'slack', job.item);
		if ('skipped' in open) return open;
		if (!slackConfigured()) return { skipped: 'Slack n’est pas configuré (ORCHESTRE_SLACK_TOKEN dans .env). Une fois réglé, relancez.' };
		const { project } = open;
		const members = await membersOf(host.database, project);
		const { channel, name, missing } = await openSlackChannel(host, { key, name: `client-${project.company_name}`, members, topic: project.name });
		return { channel, name, project: project.id, company: project.company, missing: missing.length };
	},
	record: async (trx, result) => {
		if (!result || 'skipped' in result) return;
		const { channel, project, company } = result;
		await keep(trx, 'projects', String(project), String(channel));
		await keep(trx, 'companies', String(company), String(channel));
	},
});
