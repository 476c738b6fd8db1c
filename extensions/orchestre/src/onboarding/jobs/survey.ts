import { z } from 'zod';
import { now as clockNow } from '../../platform/clock.ts';
import { dateOrNull } from '../../platform/columns.ts';
import { orchestreUserId, type Knex } from '../../platform/directus.ts';
import { UserError } from '../../platform/errors.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { dayMs, frenchDate } from '../../platform/time/paris.ts';
import { writeTrail } from '../../platform/trail.ts';
import { linkSecret, mailId, publicLink, whyNoMail } from '../../sequences/mail.ts';
import { contactOf } from '../branches/contact.ts';
import { prepareLetter, type Prepared } from '../branches/letter.ts';
import { postOnce } from '../branches/post-once.ts';
import { planValues } from '../branches/welcome.ts';
import { flows } from '../flows.ts';
import { idFrom, surveyToken, tokenHash } from '../rules/survey-link.ts';
import { readOnboardingSettings } from '../settings.ts';
import { lockCompany } from '../subject.ts';

type Row = {
	id: string;
	name: string;
	status: string;
	project: string;
	project_name: string;
	company: string | null;
	opportunity: string | null;
	owner: string | null;
	manager: string | null;
	team: string | null;
};
type Survey = { id: string; asked_at: unknown; answered_at: unknown };

const readMilestone = async (trx: Knex, id: string | null): Promise<Row | undefined> =>
	id ? ((await trx('milestones as m').join('projects as p', 'p.id', 'm.project').where('m.id', id).first('m.id', 'm.name', 'm.status', 'm.project', 'p.company', 'p.opportunity', 'p.owner', 'p.manager', 'p.team', { project_name: 'p.name' })) as Row | undefined) : undefined; // prettier-ignore

/**
 * Notes that the client is asked, in one transaction that locks the company, so that two milestones reached at once ask once. A survey is no
 * advertising, yet nobody is asked who refused our e-mails.
 */
async function prepare(trx: Knex, item: string | null): Promise<{ skipped: string } | { survey: string; prepared: Prepared }> {
	const row = await readMilestone(trx, item);
	if (!row?.company || row.status !== 'done') return { skipped: 'Le jalon n’est plus atteint, ou son projet n’a pas de client.' };
	const { surveyPauseDays, surveyDays } = await readOnboardingSettings(trx);
	await lockCompany(trx, row.company);
	const id = idFrom(`onboarding.survey:${row.id}`);
	const known = (await trx('survey_answers').where({ company: row.company }).orderBy('asked_at', 'desc').select('id', 'asked_at', 'answered_at')) as Survey[];
	const own = known.find((survey) => survey.id === id);
	if (own?.answered_at) return { skipped: 'Le client a déjà répondu.' };
	const now = clockNow();
	const recent = known.map((survey) => ({ ...survey, at: dateOrNull(survey.asked_at) })).find(({ id: other, at }) => other !== id && at !== null && now.getTime() - at.getTime() < surveyPauseDays * dayMs); // prettier-ignore
	if (recent?.at) return { skipped: `Ce client a déjà été interrogé le ${frenchDate(recent.at)} : pas plus d’une demande tous les ${surveyPauseDays} jours.` };
	const contact = await contactOf(trx, row.company, row.opportunity);
	if (!contact) throw new UserError('Aucun contact avec une adresse e-mail : ajoutez-en un à l’affaire ou à l’entreprise, puis rejouez.');
	const token = surveyToken(id, linkSecret());
	const prepared = await prepareLetter(trx, {
		template: 'onboarding_survey',
		person: contact.id,
		opportunity: row.opportunity,
		sender: row.owner ?? row.manager,
		more: { ...(await planValues(trx, { id: row.project, name: row.project_name })), 'avis.lien': publicLink(`/orchestre/survey/${token}`) },
		messageId: mailId('onboarding', 'survey', id),
	});
	if (prepared.recipient.reachable.emailConsent === 'refused') return { skipped: 'Le contact s’est opposé aux e-mails : il n’est pas interrogé.' };
	if (!own) {
		const survey = {
			id,
			company: row.company,
			person: contact.id,
			owner: row.owner ?? row.manager,
			team: row.team,
			kind: 'csat',
			project: row.project,
			milestone: row.id,
			asked_at: now,
			expires_at: new Date(now.getTime() + surveyDays * dayMs),
			token_hash: tokenHash(token),
			date_created: now,
			user_created: orchestreUserId,
		};
		await trx('survey_answers').insert(survey);
		const { token_hash: _secret, ...told } = survey;
		await writeTrail(trx, {}, [{ action: 'create', collection: 'survey_answers', item: id, data: told }]);
	}
	return { survey: id, prepared };
}

defineJob({
	kind: 'onboarding.survey',
	flow: flows.survey,
	mode: 'external',
	timeoutMs: 180_000,
	payload: z.object({}),
	run: async ({ host, job }): Promise<JobResult> => {
		const noMail = whyNoMail();
		if (noMail) return { skipped: noMail };
		const ready = await host.database.transaction((trx) => prepare(trx, job.item));
		if ('skipped' in ready) return ready;
		await postOnce(host, job, ready.prepared.letter);
		return { survey: ready.survey };
	},
});
