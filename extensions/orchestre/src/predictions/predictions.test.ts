import { describe, expect, it } from 'vitest';
import { develop, type Developed, type Order } from '../learners/develop.ts';
import { schemaHash, sha256, usableOf, type Usable } from './artifact.ts';
import { madeUpClients, start as clientStart } from '../success/churn/rules/made-up.ts';
import { churnSubject } from './rules/churn.ts';
import { dealSubject } from './rules/deals.ts';
import { dayMs } from '../platform/time/paris.ts';
import { leadSubject } from './rules/leads.ts';
import { madeUpDeals, madeUpLeads, start } from './rules/made-up.ts';
import { holdTrial, type Circumstances, type Trial } from './trial.ts';

const run = (order: Order): Promise<Developed> => Promise.resolve(develop(order));
const now = start + 500 * dayMs;
const circumstances = (over: Partial<Circumstances> = {}): Circumstances => ({ now, horizonDays: 60, champion: null, run, ...over });

const usable = (trial: Trial): Usable => {
	const artifact = JSON.stringify(trial.artifact);
	return usableOf({ id: 'champion', version: 1, artifact, artifact_sha256: sha256(artifact), schema_hash: schemaHash(leadSubject) }, leadSubject);
};

function refusalOf(stored: Parameters<typeof usableOf>[0]): string {
	try {
		usableOf(stored, leadSubject);
		return '';
	} catch (error) {
		return (error as Error).message;
	}
}

describe('a history with a planted signal', () => {
	it('of leads goes live, and the planted fact is the strongest', async () => {
		const trial = await holdTrial(leadSubject, madeUpLeads(1200, 3), circumstances());
		expect(trial).toMatchObject({ status: 'champion', verdict: expect.stringMatching(/^Modèle accepté : AUC 0,[678]/) });
		expect(trial.features[0]?.name).toBe('criterion.source');
		expect(trial.artifact?.until).toBe(trial.until);
	});

	it('of deals goes live, and the people that were met are among the three strongest', async () => {
		const trial = await holdTrial(dealSubject, madeUpDeals(1300, 2), circumstances());
		expect(trial.status).toBe('champion');
		expect(trial.features.slice(0, 3).map(({ name }) => name)).toContain('people_met');
	});

	it('gives the same model to the bit whatever the order of the rows, the ids, and who was met', async () => {
		const [first, again, renamed] = await Promise.all([
			holdTrial(dealSubject, madeUpDeals(1300, 2), circumstances()),
			holdTrial(dealSubject, madeUpDeals(1300, 2).reverse(), circumstances()),
			holdTrial(
				dealSubject,
				madeUpDeals(1300, 2).map((deal) => ({
					...deal,
					id: `x${deal.id}`,
					kind: 'neu',
					source: 'Netz',
					contacts: deal.contacts.map((contact) => ({ ...contact, person: `z${contact.person}` })),
				})),
				circumstances(),
			),
		]);
		expect(again.artifact).toEqual(first.artifact);
		expect(renamed.card?.metrics).toEqual(first.card?.metrics);
		expect(renamed.features).toEqual(first.features);
	});
});

describe('a trial is refused, in words,', () => {
	it('when nothing predicts the outcome', async () => {
		const trial = await holdTrial(leadSubject, madeUpLeads(1200, 0), circumstances());
		expect(trial).toMatchObject({ status: 'refused', artifact: null, verdict: expect.stringMatching(/^Modèle refusé\. .*AUC/) });
	});

	it('when outcomes are few: then the rates of few cases are told with their intervals', async () => {
		const trial = await holdTrial(leadSubject, madeUpLeads(120, 3), circumstances());
		expect(trial).toMatchObject({ status: 'refused', verdict: expect.stringContaining('il en faut 40 pour commencer à apprendre') });
		const { all } = trial.rates;
		expect(all?.won).toBe(trial.positives);
		expect(all && all.low < all.value && all.value < all.high).toBe(true);
	});

	it('when one fact tells the outcome by itself, and names it as people know it', async () => {
		const leaking = madeUpLeads(1200, 3).map((lead) => {
			const isConverted = lead.statuses.at(-1)?.to === 'converted';
			return { ...lead, scores: lead.scores.map((score) => ({ ...score, met: { budget: { points: isConverted ? 20 : 0, names: [] } } })) };
		});
		const trial = await holdTrial(leadSubject, leaking, circumstances());
		expect(trial).toMatchObject({ status: 'refused', verdict: expect.stringContaining('« Budget annoncé » prédit l’issue à elle seule') });
	});

	it('when there is no history at all', async () => {
		expect(await holdTrial(leadSubject, [], circumstances())).toMatchObject({ status: 'refused', rows: 0, from: null, rates: {} });
	});

	it('to shadow with enough outcomes to learn and too few to be shown', async () => {
		const trial = await holdTrial(leadSubject, madeUpLeads(420, 3), circumstances());
		expect(trial).toMatchObject({ status: 'shadow', verdict: expect.stringContaining('à l’essai, sans être montré') });
	});
});

describe('the model in use', () => {
	it('stays when there is nothing new to compare with, and when the new one is worse on the newest cases', async () => {
		const champion = usable(await holdTrial(leadSubject, madeUpLeads(1200, 3), circumstances()));
		const same = await holdTrial(leadSubject, madeUpLeads(1200, 3), circumstances({ champion }));
		expect(same).toMatchObject({ status: 'candidate', artifact: null, verdict: expect.stringContaining('cas nouveaux') });

		// Most of the old history is gone: what little is left teaches less than what is in use has learnt.
		const worse = await holdTrial(leadSubject, madeUpLeads(1700, 3).slice(850), circumstances({ champion, now: start + 640 * dayMs }));
		expect(worse).toMatchObject({
			status: 'candidate',
			contest: { isReplaced: false },
			verdict: expect.stringContaining('Le modèle en place est conservé, sur les mêmes'),
		});
	});

	it('gives way to a better one', async () => {
		const champion = usable(await holdTrial(leadSubject, madeUpLeads(1200, 2, { seed: 9 }), circumstances()));
		const better = await holdTrial(leadSubject, madeUpLeads(1700, 3.5), circumstances({ champion, now: start + 700 * dayMs }));
		expect(better).toMatchObject({ status: 'champion', contest: { isReplaced: true } });
	});

	it('is refused when it knows other fields, or was changed in the database', async () => {
		const artifact = JSON.stringify((await holdTrial(leadSubject, madeUpLeads(1200, 3), circumstances())).artifact);
		const stored = { id: 'x', version: 1, artifact, artifact_sha256: sha256(artifact), schema_hash: schemaHash(leadSubject) };
		expect(refusalOf({ ...stored, schema_hash: schemaHash(dealSubject) })).toContain('d’autres variables');
		expect(refusalOf({ ...stored, artifact: artifact.replace('60', '61') })).toContain('modifié');
		expect(usableOf(stored, leadSubject).artifact.horizonDays).toBe(60);
	});
});

describe('a history of clients', () => {
	const later = clientStart + 1095 * dayMs;
	const over = { now: later, horizonDays: 90 };

	it('with a planted signal goes live, and the fall of the usage is the strongest', async () => {
		const trial = await holdTrial(churnSubject, madeUpClients(900, 4), circumstances(over));
		expect(trial).toMatchObject({ status: 'champion', verdict: expect.stringMatching(/^Modèle accepté : AUC 0,[6789]/) });
		expect(trial.features.slice(0, 2).map(({ name }) => name)).toContain('usage_change');
		expect(Object.keys(trial.rates).toSorted()).toEqual(['all', 'down', 'steady']);
	});

	it('without one is refused', async () => {
		expect(await holdTrial(churnSubject, madeUpClients(900, 0, { base: -1.5 }), circumstances(over))).toMatchObject({
			status: 'refused',
			artifact: null,
			verdict: expect.stringContaining('AUC'),
		});
	});

	it('of few departures says how many there are, and what counts meanwhile', async () => {
		const trial = await holdTrial(churnSubject, madeUpClients(60, 3, { base: -4 }), circumstances(over));
		expect(trial).toMatchObject({
			status: 'refused',
			verdict: expect.stringMatching(/^Pas encore de modèle : l’historique compte \d+ départs?, \d+ clients restés.*L’indice vient des signes d’alerte\.$/),
		});
	});
});
