import { toParis } from '../../../platform/time/paris.ts';
import { readSource } from '../read-facts.ts';
import { totalsOf } from '../rules/figures.ts';
import { cutsOf, slicesOf, windowOf } from '../rules/slices.ts';
import type { Computing, Facts } from '../types.ts';

/** How many cases of each part of these facts lie in the period; they are read once for `every` period of the run, under a `name` of their own. */
export async function casesIn({ trx, period, asOf, every, once }: Computing, name: string, facts: Facts): Promise<Map<string, number>> {
	const today = toParis(asOf).day;
	const window = windowOf({ facts }, period, today);
	const { cuts, groups } = await once(name, async () => {
		const all = cutsOf(
			every.map((one) => windowOf({ facts }, one, today)),
			today,
		);
		const sums = await readSource(trx, facts.source, [facts], { cuts: all, asOf, fromStart: false, byCompany: false });
		return totalsOf(sums.get(facts) ?? [], all, ['company']);
	});
	const [from, to] = slicesOf(window, cuts);
	return new Map([...groups.values()].map(({ part, n }): [string, number] => [part ?? '', (n[to] ?? 0) - (n[from] ?? 0)]).filter(([, cases]) => cases > 0));
}
