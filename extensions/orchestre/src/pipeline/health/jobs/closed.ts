import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { addWorkingDays } from '../../../platform/time/working-time.ts';
import { isoOf, toParis } from '../../../platform/time/paris.ts';
import { roundEuros } from '../../../platform/amount.ts';
import { now as clockNow } from '../../../platform/clock.ts';
import { dayOrNull } from '../../../platform/columns.ts';
import { orchestreUserId, toDate, type Knex } from '../../../platform/directus.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import type { JobResult } from '../../../platform/jobs/types.ts';
import { tell } from '../../../platform/notices.ts';
import { addTaskOnce } from '../../../platform/tasks.ts';
import { counted } from '../../../platform/text.ts';
import { writeTrail } from '../../../platform/trail.ts';
import { flows } from '../flows.ts';
import { managersByTeam, namesOf } from '../recipients.ts';
import { readGround } from '../settings.ts';
import { aboutDeals, type DealNow } from './tell.ts';

type CompanyRow = { is_client: unknown; client_since: unknown; lifecycle: string };

/** A company that signed is a client from that day on, and to be welcomed; one that was a client already stays as it is. */
async function makeClient(trx: Knex, deal: DealNow): Promise<boolean> {
	const company = (await trx('companies').where({ id: deal.company }).first('is_client', 'client_since', 'lifecycle')) as CompanyRow | undefined;
	const day = isoOf(toParis(deal.closed_at ?? clockNow()).day);
	// Its plan (docs/decisions/110) may have made it one a moment ago.
	if (!company || (company.is_client && company.client_since)) return company ? dayOrNull(company.client_since) === day : false;
	const change = {
		is_client: true,
		is_prospect: false,
		...(['prospect', 'churned', 'none'].includes(company.lifecycle) && { lifecycle: 'onboarding' }),
		// Directus keeps a date as local midnight.
		...(!company.client_since && { client_since: new Date(`${day}T00:00:00`) }),
	};
	await trx('companies')
		.where({ id: deal.company })
		.update({ ...change, date_updated: clockNow(), user_updated: orchestreUserId });
	await writeTrail(trx, {}, [{ action: 'update', collection: 'companies', item: deal.company, data: change }]);
	return true;
}

/** Days from the deal's first stage to its end. */
async function daysFrom(trx: Knex, { id, closed_at }: DealNow): Promise<number | null> {
	const first = (await trx('stage_changes').where({ opportunity: id }).orderBy('at').first('at')) as { at: Date | number } | undefined;
	return first && closed_at ? Math.max(0, Math.round((closed_at.getTime() - toDate(first.at).getTime()) / 86_400_000)) : null;
}

/** Won: the team hears of it, once, and the company becomes a client. */
defineJob({
	kind: 'pipeline.won',
	flow: flows.won,
	mode: 'bulk',
	payload: z.object({}),
	run: aboutDeals(async (trx, deal): Promise<JobResult> => {
		if (!deal.is_won) return { skipped: 'L’affaire n’est plus gagnée.' };
		const becameClient = await makeClient(trx, deal);
		const team = deal.team ? ((await trx('directus_users').where({ team: deal.team, status: 'active' }).pluck('id')) as string[]) : [];
		const manager = (await managersByTeam(trx)).get(deal.team ?? '');
		const recipients = [...new Set([...team, deal.owner, manager].filter((user) => typeof user === 'string'))];
		const nameOf = await namesOf(trx, [deal.owner]);
		const days = await daysFrom(trx, deal);
		const who = deal.owner ? `Bravo à ${nameOf(deal.owner)} ! ` : '';
		const worth = deal.amount_cents ? `${roundEuros(deal.amount_cents)} hors taxes` : 'Sans montant';
		const message = `${who}${worth}${days === null ? '' : `, signés en ${counted(days, 'jour', 'jours')}`}.${becameClient ? ' L’entreprise devient cliente.' : ''}`;
		await tell(trx, [{ recipients, collection: 'opportunities', item: deal.id, subject: `Affaire gagnée : ${deal.name}`, message }]);
		return { told: recipients.length, becameClient };
	}),
});

/** Reasons after which another try makes sense, and after how many working days. */
const secondTry: Readonly<Record<string, number>> = { timing: 60, no_budget: 120, no_decision: 90 };

const addTask = (trx: Knex, deal: DealNow, key: string, task: { title: string; kind: string; due_at: Date; description: string }): Promise<boolean> =>
	addTaskOnce(trx, {
		id: randomUUID(),
		...task,
		status: 'todo',
		priority: 'normal',
		assignee: deal.owner,
		team: deal.team,
		opportunity: deal.id,
		origin: 'pipeline.lost',
		origin_key: key,
		date_created: clockNow(),
		user_created: orchestreUserId,
	});

/** Lost: where the reason is missing (a stage may not ask for it) the owner is asked; where time alone was missing, a second try is planned. */
defineJob({
	kind: 'pipeline.lost',
	flow: flows.lost,
	mode: 'bulk',
	payload: z.object({}),
	run: aboutDeals(async (trx, deal): Promise<JobResult> => {
		if (!deal.is_lost) return { skipped: 'L’affaire n’est plus perdue.' };
		const { calendar } = await readGround(trx);
		const episode = deal.closed_at?.getTime() ?? 0;
		if (!deal.lost_reason) {
			const asked = await addTask(trx, deal, `deal:${deal.id}:lost:${episode}:reason`, {
				title: `Pourquoi l’affaire « ${deal.name.slice(0, 200)} » est-elle perdue ?`,
				kind: 'review',
				due_at: addWorkingDays(clockNow(), 2, calendar),
				description: 'Ouvrez l’affaire et choisissez le motif de perte : il sert à mieux choisir les prochaines.',
			});
			const message = 'Le motif de perte manque : choisissez-le sur la fiche de l’affaire.';
			if (asked && deal.owner) await tell(trx, [{ recipients: [deal.owner], collection: 'opportunities', item: deal.id, subject: `Pourquoi cette perte ? ${deal.name}`, message }]); // prettier-ignore
			return { asked, secondTry: false };
		}
		const wait = secondTry[deal.lost_reason];
		if (wait === undefined) return { asked: false, secondTry: false };
		const planned = await addTask(trx, deal, `deal:${deal.id}:lost:${episode}:again`, {
			title: `Reprendre contact après « ${deal.name.slice(0, 200)} »`,
			kind: 'call',
			due_at: addWorkingDays(clockNow(), wait, calendar),
			description: 'L’affaire était perdue faute de moment, de budget ou de décision : demandez si cela a changé.',
		});
		return { asked: false, secondTry: planned };
	}),
});
