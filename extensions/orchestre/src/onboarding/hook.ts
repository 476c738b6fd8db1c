import { defineHook } from '@directus/extensions-sdk';
import { forLog } from '../platform/log.ts';
import { guardInput, treatWritten } from '../platform/written.ts';
import { carryOnAfterDeletions } from './deletions.ts';
import { treatPlanLinks, treatTemplateLinks } from './dependencies.ts';
import './jobs/index.ts';
import './routes.ts';
import { queueFirstCheck } from './first-check.ts';
import { startForClients } from './treat-companies.ts';
import { treatMilestones } from './treat-milestones.ts';

const computed = {
	milestones: ['template_milestone'],
	projects: ['template', 'origin_key', 'slack_channel', 'progress', 'time_to_value_days'],
	survey_answers: ['sentiment', 'asked_at', 'answered_at', 'expires_at', 'token_hash'],
} as const;

/** Wiring of the onboarding room: plans of new clients and their life (docs/decisions/110). */
export default defineHook(({ action, filter }, { database, logger }) => {
	action('server.start', () => {
		// What is late already is said on the first day; the schedule goes on from there.
		queueFirstCheck(database).catch((error: unknown) => logger.warn({ err: forLog(error) }, 'late milestones could not be queued; the schedule finds them'));
	});
	for (const [collection, fields] of Object.entries(computed)) guardInput(filter, collection, fields);
	treatWritten(filter, 'companies', startForClients);
	treatWritten(filter, 'milestones', treatMilestones);
	treatWritten(filter, 'milestone_dependencies', treatPlanLinks);
	treatWritten(filter, 'project_template_dependencies', treatTemplateLinks);
	carryOnAfterDeletions(filter);
});
