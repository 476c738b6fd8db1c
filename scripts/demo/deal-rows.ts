import type { Calendar } from './calendar.ts';
import { isoDate, officeMoment } from './calendar.ts';
import { demoId } from './ids.ts';
import { lineOf, lineRows } from './lines.ts';
import type { Deal } from './opportunities.ts';
import { randomOf } from './random.ts';
import type { Row } from './rows.ts';
import { moment, traces } from './rows.ts';
import { teamOf } from './team.ts';

const nextSteps = [
	'Envoyer l’offre corrigée',
	'Appeler pour valider le calendrier',
	'Atelier technique à tenir',
	'Présenter l’offre à la direction',
	'Obtenir le bon de commande',
	'Rencontrer les utilisateurs',
];

/** Rows of the deals, their stage changes, contacts and lines. */
export function dealRows(deals: readonly Deal[], calendar: Calendar): { opportunities: Row[]; changes: Row[]; contacts: Row[]; lines: Row[] } {
	const random = randomOf('deal rows');
	const changes: Row[] = [];
	const contacts: Row[] = [];
	const lines: Row[] = [];
	const opportunities = deals.map((deal): Row => {
		const { id, company, owner, created, closedAt } = deal;
		const last = deal.steps.at(-1);
		if (!last) throw new Error(`demo: the deal ${deal.key} has no stage`);
		for (const [index, step] of deal.steps.entries()) {
			changes.push({
				id: demoId('stage_changes', `${deal.key} ${index}`),
				opportunity: id,
				at: step.at.toISOString(),
				from_stage: deal.steps[index - 1]?.stage.id ?? null,
				to_stage: step.stage.id,
				by: owner.id,
				// What is first estimated becomes the sum of the lines with the next stage, or as it stands now.
				amount_cents: step === last ? deal.amount : step.amount,
				probability: step.stage.probability,
				close_date: isoDate(step.closeDate),
			});
		}
		for (const [index, contact] of deal.contacts.entries())
			contacts.push({
				id: demoId('opportunity_contacts', `${deal.key} ${contact.id}`),
				opportunity: id,
				person: contact.id,
				role: contact.person.role,
				is_primary: index === 0,
			});
		const traced = traces(created, owner.id, last.at);
		lines.push(
			...lineRows(
				'opportunity',
				id,
				deal.lines.map((line) =>
					lineOf(line, line.product.kind === 'subscription' ? { quantity: line.quantity * 12, label: `${line.product.name}, 12 mois`, unit: 'month' } : {}),
				),
				traces(created, owner.id),
			),
		);
		const open = !closedAt;
		const ahead = open && deal.nextStep && !deal.stalled;
		return {
			id,
			name: deal.name,
			company: company.id,
			stage: last.stage.id,
			owner: owner.id,
			team: teamOf(owner),
			kind: deal.kind,
			amount_cents: deal.amount,
			mrr_cents: deal.mrr,
			probability: last.stage.probability,
			probability_source: 'stage',
			treated_stage: last.stage.id,
			treated_close_date: isoDate(deal.closeDate),
			forecast_category: open ? (last.stage.probability >= 7500 ? 'commit' : last.stage.probability >= 4000 ? 'best_case' : 'pipeline') : 'omitted',
			close_date: isoDate(deal.closeDate),
			close_date_pushes: deal.pushes,
			next_step: ahead ? random.pick(nextSteps) : null,
			next_step_at: ahead ? officeMoment(random, calendar.at(random.int(-3, 14))).toISOString() : null,
			lead: deal.leadId,
			source: deal.source,
			campaign: deal.campaignId,
			reseller: deal.resellerId,
			subscription: deal.subscription,
			competitor: deal.competitor,
			stage_since: last.at.toISOString(),
			closed_at: moment(closedAt),
			lost_reason: deal.lostReason,
			lost_comment: deal.lostReason === 'competitor' ? `A choisi ${deal.competitor ?? 'un concurrent'}.` : null,
			...traced,
		};
	});
	return { opportunities, changes, contacts, lines };
}
