import { z } from 'zod';
import { dayOrNull } from '../../platform/columns.ts';
import { LaterActions } from '../../platform/later-actions.ts';
import type { Host, Knex } from '../../platform/directus.ts';
import { UserError } from '../../platform/errors.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { frenchDate } from '../../platform/time/paris.ts';
import { noteExchange } from '../../sequences/exchange.ts';
import { mailId, whyNoMail } from '../../sequences/mail.ts';
import type { Values } from '../../sequences/rules/variables.ts';
import { flows } from '../flows.ts';
import { contactOf } from './contact.ts';
import { prepareLetter, type Prepared } from './letter.ts';
import { postOnce } from './post-once.ts';
import { openBranch, type Project } from './project.ts';

/** The plan in the words of the message: its name, and the first step with its date. */
export async function planValues(trx: Knex, { id, name }: Pick<Project, 'id' | 'name'>): Promise<Values> {
	const next = (await trx('milestones').where({ project: id }).whereNotIn('status', ['done', 'cancelled']).whereNotNull('due_on').orderBy(['due_on', 'sort']).first('name', 'due_on')) as { name: string; due_on: unknown } | undefined; // prettier-ignore
	const day = dayOrNull(next?.due_on);
	return { 'projet.nom': name, 'projet.etape': next?.name ?? null, 'projet.echeance': day && frenchDate(new Date(`${day}T12:00:00Z`)) };
}

/** On the client's timeline. The message is out: what goes wrong here must not bring it a second time. */
async function note(host: Host, project: Project, { letter, recipient }: Prepared): Promise<boolean> {
	const actions = new LaterActions();
	try {
		await host.database.transaction((trx) =>
			noteExchange({ host, trx, actions }, { lead: null, person: recipient.person, opportunity: project.opportunity }, recipient, {
				id: letter.messageId,
				subject: letter.message.subject,
				text: letter.message.text,
			}),
		);
	} catch (error) {
		host.logger.warn({ project: project.id, error: (error as Error).name }, 'onboarding: the welcome is sent, but not on the timeline');
		return false;
	}
	actions.emit();
	return true;
}

/** The client's contact is welcomed in the name of whoever runs the plan. Part of the contract, so no consent to advertising is asked. */
defineJob({
	kind: 'onboarding.welcome',
	flow: flows.branches,
	mode: 'external',
	timeoutMs: 180_000,
	payload: z.object({}),
	run: async ({ host, job }): Promise<JobResult> => {
		const open = await openBranch(host.database, 'welcome', job.item);
		if ('skipped' in open) return open;
		const noMail = whyNoMail();
		if (noMail) return { skipped: noMail };
		const { project } = open;
		const contact = await contactOf(host.database, project.company, project.opportunity);
		if (!contact) throw new UserError('Aucun contact avec une adresse e-mail : ajoutez-en un à l’affaire ou à l’entreprise, puis relancez.');
		const prepared = await prepareLetter(host.database, {
			template: 'onboarding_welcome',
			person: contact.id,
			opportunity: project.opportunity,
			sender: project.manager ?? project.owner,
			more: await planValues(host.database, project),
			messageId: mailId('onboarding', 'welcome', project.id),
		});
		await postOnce(host, job, prepared.letter);
		return { person: contact.id, noted: await note(host, project, prepared) };
	},
});
