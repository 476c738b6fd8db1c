import { addWorkingDays, nextWorkingMoment, calendarOf } from '../../platform/time/working-time.ts';
import { refuseUnlessCreatable, refuseUnlessUpdatable } from '../../platform/access.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { readLocked } from '../../platform/columns.ts';
import { parseJson, type Accountability, type Host, type Knex } from '../../platform/directus.ts';
import { conflict, notAllowed, notFound } from '../../platform/errors.ts';
import { LaterActions } from '../../platform/later-actions.ts';
import { writeTrail } from '../../platform/trail.ts';
import { Writer } from '../../platform/writer.ts';
import { closeAlerts } from '../../platform/alerts.ts';
import type { Offer, Reason } from './rules/types.ts';

/** `already`: the proposal had become this deal before. */
export type Created = { opportunity: string; name: string; already: boolean };

type Row = Record<string, unknown> & { id: string };

const denied = 'Vous n’avez pas le droit de traiter cette proposition.';

async function firstStage(trx: Knex): Promise<string> {
	const stage = (await trx('stages').where({ is_won: false, is_lost: false }).orderBy('sort').orderBy('id').first('id')) as { id: string } | undefined;
	if (!stage) throw conflict('Aucune étape ouverte n’existe : créez-en une avant de créer une affaire.');
	return stage.id;
}

const offerIn = (insight: Row): Offer | null =>
	(parseJson<Reason[] | null>(insight['reasons'] ?? null) ?? []).find((reason): reason is Extract<Reason, { code: 'offer' }> => reason.code === 'offer') ??
	null;

async function knownDeal(trx: Knex, insight: Row): Promise<Created | null> {
	if (!insight['opportunity']) return null;
	const deal = (await trx('opportunities').where({ id: insight['opportunity'] }).first('id', 'name')) as { id: string; name: string } | undefined;
	return deal ? { opportunity: deal.id, name: deal.name, already: true } : null;
}

/** The deal's own columns: the client's account manager follows it up, else whoever pressed the button. */
async function dealOf(trx: Knex, insight: Row, offer: Offer, user: string): Promise<Record<string, unknown>> {
	const company = (await trx('companies').where({ id: insight['company'] }).first('name', 'owner')) as { name: string; owner: string | null };
	const product = (await trx('products').where({ id: insight['product'] }).first('id', 'name', 'unit', 'vat_rate')) as Row & { name: string };
	const settings = (await trx('settings').first('opens_at', 'closes_at', 'alsace_moselle')) as Record<string, unknown>;
	const calendar = calendarOf(settings);
	const now = clockNow();
	return {
		name: `${company.name} – ${product.name}`.slice(0, 255),
		company: insight['company'],
		kind: 'upsell',
		stage: await firstStage(trx),
		owner: company.owner ?? user,
		amount_cents: offer.amountCents,
		mrr_cents: offer.mrrCents,
		subscription: insight['subscription'] ?? null,
		next_step: String(insight['recommended_action'] ?? '').slice(0, 255),
		next_step_at: addWorkingDays(nextWorkingMoment(now, calendar), 2, calendar).toISOString(),
		description: (parseJson<Reason[] | null>(insight['reasons'] ?? null) ?? []).map(({ text }) => text).join('\n'),
		lines: [{ product: product.id, label: product.name, quantity: offer.quantity, unit: product['unit'], unit_price_cents: offer.unitPriceCents, vat_rate: product['vat_rate'], sort: 1 }], // prettier-ignore
	};
}

/**
 * Makes a deal of a proposal in one go: company, owner, product line, amount, next step. The proposal is done and keeps the deal, whose
 * end will be its outcome. Pressed twice, or by fifty at once, the first deal is answered. For whoever may change the proposal and create
 * deals (403); 409 when it was answered otherwise.
 */
export async function createDeal(host: Host, accountability: Accountability | null, id: string): Promise<Created> {
	await refuseUnlessUpdatable(host, accountability, 'insights', id, denied);
	await refuseUnlessCreatable(host, accountability, ['opportunities'], 'Votre rôle ne permet pas de créer une affaire.');
	const user = accountability?.user;
	if (!accountability || !user) throw notAllowed(denied);
	const actions = new LaterActions();
	const created = await host.database.transaction(async (trx): Promise<Created> => {
		const [insight] = (await readLocked(trx, 'insights', [id])) as Row[];
		if (!insight || insight['kind'] !== 'upsell') throw notFound('Cette proposition n’existe pas.');
		const known = await knownDeal(trx, insight);
		if (known) return known;
		if (insight['state'] !== 'open' && insight['state'] !== 'snoozed') throw conflict('Cette proposition n’est plus à traiter.');
		const offer = offerIn(insight);
		if (!offer || !insight['product']) throw conflict('Le produit de cette proposition n’existe plus.');
		const deal = await dealOf(trx, insight, offer, user);
		const opportunity = await new Writer(host, trx, accountability, actions).create('opportunities', deal);
		const now = clockNow();
		const change = { state: 'done', opportunity, decided_at: now, decided_by: user, snoozed_until: null, date_updated: now, user_updated: user };
		await trx('insights').where({ id }).update(change);
		await writeTrail(trx, accountability, [{ action: 'update', collection: 'insights', item: id, data: change }]);
		await closeAlerts(trx, ['upsell'], 'dedupe_key', [`alert:${String(insight['episode_key'])}`], 'Une affaire a été créée.');
		return { opportunity, name: String(deal['name']), already: false };
	});
	actions.emit();
	return created;
}
