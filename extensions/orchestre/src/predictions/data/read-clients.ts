import { setImmediate as breathe } from 'node:timers/promises';
import { chunks, type Knex } from '../../platform/directus.ts';
import { readFacts } from '../../success/churn/data/read-facts.ts';
import { readClients, readSpells } from '../../success/churn/data/read-spells.ts';
import { readWeights } from '../../success/churn/settings.ts';
import { indexFromSigns } from '../../success/churn/rules/risk.ts';
import type { Spell } from '../../success/churn/rules/spells.ts';
import { momentsOf, type ClientHistory } from '../rules/churn.ts';

const partSize = 2000;

type Window = { from: number; until: number; most: number; horizonMs: number };
type Look = { company: string; at: number };

/** All clients that ever were, with what runs or ran there. */
async function readAll(knex: Knex): Promise<Map<string, Spell[]>> {
	const all = new Map<string, Spell[]>();
	for (const part of chunks(await readClients(knex), partSize)) for (const [company, spells] of await readSpells(knex, part)) all.set(company, spells);
	return all;
}

/** Clients with the moments at which they are learnt from since `from` (ms), the newest `most`, and what was known of them then. */
export async function readClientHistories(knex: Knex, { from, until, most, horizonMs }: Window): Promise<ClientHistory[]> {
	const spells = await readAll(knex);
	const looks = [...spells]
		.flatMap(([company, own]) => momentsOf(own, { horizonMs, until }).map((at): Look => ({ company, at })))
		.filter(({ at }) => at >= from)
		.toSorted((one, two) => two.at - one.at)
		.slice(0, most);
	const weights = await readWeights(knex);
	const known = new Map<string, Map<number, { facts: Awaited<ReturnType<typeof readFacts>>[number]; points: number }>>();
	for (const part of chunks(looks, partSize)) {
		await breathe();
		const facts = await readFacts(
			knex,
			part.map(({ company, at }) => ({ company, at, spells: spells.get(company) ?? [] })),
		);
		part.forEach(({ company, at }, index) => {
			const own = known.get(company) ?? new Map<number, { facts: (typeof facts)[number]; points: number }>();
			const one = facts[index] as (typeof facts)[number];
			known.set(company, own.set(at, { facts: one, points: indexFromSigns(one, at, weights).index }));
		});
	}
	return [...known].map(([company, own]) => ({ id: company, spells: spells.get(company) ?? [], looks: own }));
}
