import { raiseAlerts } from '../platform/alerts.ts';
import { now as clockNow } from '../platform/clock.ts';
import { dateOrNull } from '../platform/columns.ts';
import { systemAccountability, type Host, type Knex } from '../platform/directus.ts';
import { LaterActions } from '../platform/later-actions.ts';
import { tell } from '../platform/notices.ts';
import { shorten } from '../platform/text.ts';
import { sentimentOf } from '../interactions/rules/sentiment.ts';
import { linkSecret } from '../sequences/mail.ts';
import { mostComment } from './survey-page.ts';
import { isOurToken, tokenHash } from './rules/survey-link.ts';

type Row = {
	id: string;
	company: string;
	company_name: string;
	owner: string | null;
	team: string | null;
	project: string | null;
	project_name: string | null;
	milestone_name: string | null;
	manager: string | null;
	answered_at: unknown;
	expires_at: unknown;
};
/** A survey by its link. `unknown`: not one of ours, or gone; both look alike from outside. */
export type Asked = { state: 'open'; row: Row } | { state: 'answered' | 'expired' | 'unknown' };

export async function surveyOf(knex: Knex, token: string): Promise<Asked> {
	if (!isOurToken(token, linkSecret())) return { state: 'unknown' };
	const row = (await knex('survey_answers as s')
		.join('companies as c', 'c.id', 's.company')
		.leftJoin('projects as p', 'p.id', 's.project')
		.leftJoin('milestones as m', 'm.id', 's.milestone')
		.where('s.token_hash', tokenHash(token))
		.first('s.id', 's.company', 's.owner', 's.team', 's.project', 's.answered_at', 's.expires_at', {
			company_name: 'c.name',
			project_name: 'p.name',
			milestone_name: 'm.name',
			manager: 'p.manager',
		})) as Row | undefined;
	if (!row) return { state: 'unknown' };
	if (row.answered_at !== null) return { state: 'answered' };
	const until = dateOrNull(row.expires_at);
	return until && until < clockNow() ? { state: 'expired' } : { state: 'open', row };
}

/** `L’étape « Mise en service » de votre projet vient d’être franchie.` */
export const aboutText = ({ milestone_name: milestone }: Pick<Row, 'milestone_name'>): string =>
	milestone ? `L’étape « ${milestone} » vient de s’achever. Comment l’avez-vous vécue ?` : 'Comment se passe notre collaboration ?';

export type Answer = { score: number; comment: string };

/** Reads what the form sent: the score, or null when there is none that counts. */
export function readAnswer(body: string): { score: number | null; comment: string } {
	const values = new URLSearchParams(body);
	const score = Number(values.get('score'));
	const comment = shorten((values.get('comment') ?? '').replaceAll(/\r\n?/g, '\n').trim(), mostComment);
	return { score: Number.isInteger(score) && score >= 1 && score <= 5 ? score : null, comment };
}

/** Notes an answer, once; whoever looks after the client reads it, and a poor one raises an alert. False when another was quicker. */
export async function answerSurvey(host: Host, row: Row, { score, comment }: Answer): Promise<boolean> {
	const actions = new LaterActions();
	const isFirst = await host.database.transaction(async (trx) => {
		const now = clockNow();
		const claimed = await trx('survey_answers').where({ id: row.id }).whereNull('answered_at').update({ answered_at: now });
		if (claimed !== 1) return false;
		// Through Directus, so that whoever listens for answers (the client's health) hears of it.
		const schema = await host.getSchema({ database: trx });
		const service = new host.services.ItemsService('survey_answers', { knex: trx, schema, accountability: systemAccountability() });
		const values = { score, comment: comment || null, sentiment: comment ? sentimentOf(comment).sentiment : null, answered_at: now.toISOString() };
		await service.updateOne(row.id, values, actions.options);
		const subject = `Avis de ${row.company_name} : ${score} sur 5`;
		const said = comment ? `« ${shorten(comment, 400)} »` : 'Sans commentaire.';
		const of = row.milestone_name ? ` après « ${row.milestone_name} »` : '';
		const about = row.project ? { collection: 'projects', item: row.project } : { collection: 'companies', item: row.company };
		const recipients = [row.owner, row.manager].filter((user) => user !== null);
		await tell(trx, [{ recipients, ...about, subject, message: `Note${of} : ${score} sur 5. ${said}` }]);
		if (score <= 2)
			await raiseAlerts(trx, [
				{
					key: `survey_low:${row.id}`,
					kind: 'other',
					severity: score === 1 ? 'critical' : 'warning',
					title: `Client insatisfait : ${row.company_name}`,
					reason: `Note de ${score} sur 5${of}. ${said}`,
					action: 'Appelez le client aujourd’hui : demandez ce qui n’a pas convenu et dites ce que vous en faites.',
					assignee: row.owner ?? row.manager,
					team: row.team,
					subject: row.project ? { project: row.project } : { company: row.company },
				},
			]);
		return true;
	});
	actions.emit();
	return isFirst;
}
