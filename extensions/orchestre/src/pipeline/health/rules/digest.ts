import { roundEuros as euros } from '../../../platform/amount.ts';
import { counted } from '../../../platform/text.ts';

/** A deal that is not well, as a digest names it. */
export type SickDeal = {
	id: string;
	name: string;
	owner: string | null;
	team: string | null;
	state: 'watch' | 'bad';
	atRiskCents: number;
	isNew: boolean;
	action: string | null;
};

/** Who reads: `own` their deals, `team` and `company` those of others, named with their owner. */
export type Audience = { kind: 'own' | 'team' | 'company'; nameOf: (user: string | null) => string; bottleneck: { title: string; action: string } | null }; // prettier-ignore

export type Digest = { subject: string; message: string };

const shown = 5;
const sum = (deals: readonly SickDeal[]): number => deals.reduce((total, { atRiskCents }) => total + atRiskCents, 0);

function line({ name, owner, atRiskCents, isNew, action }: SickDeal, { kind, nameOf }: Audience): string {
	const whose = kind === 'own' ? '' : ` (${nameOf(owner)})`;
	return `- **${name}**${whose} : ${euros(atRiskCents)} en jeu${isNew ? ' (nouveau)' : ''}.${kind === 'own' && action ? ` ${action}` : ''}`;
}

/** Deals of each owner, the most at risk first: what a manager asks first. */
function byOwner(deals: readonly SickDeal[], nameOf: Audience['nameOf']): string {
	const owners = Map.groupBy(deals, ({ owner }) => owner);
	return [...owners]
		.map(([owner, own]) => ({ name: nameOf(owner), count: own.length, cents: sum(own) }))
		.toSorted((one, other) => other.cents - one.cents || one.name.localeCompare(other.name, 'fr'))
		.slice(0, shown)
		.map(({ name, count, cents }) => `${name} ${count} (${euros(cents)})`)
		.join(', ');
}

/** What somebody is told in the morning of the deals they answer for; null when all are well. Deals in any order. */
export function digestOf(deals: readonly SickDeal[], audience: Audience): Digest | null {
	const bad = deals
		.filter(({ state }) => state === 'bad')
		.toSorted((one, other) => other.atRiskCents - one.atRiskCents || one.name.localeCompare(other.name, 'fr') || one.id.localeCompare(other.id));
	const watch = deals.length - bad.length;
	if (bad.length === 0) return null;
	const { kind, nameOf, bottleneck } = audience;
	const whose = { own: 'Vos affaires', team: 'Votre équipe', company: 'L’entreprise' }[kind];
	const fresh = bad.filter(({ isNew }) => isNew).length;
	const lines = [
		...bad.slice(0, shown).map((deal) => line(deal, audience)),
		...(bad.length > shown ? [`- … et ${counted(bad.length - shown, 'autre', 'autres')}.`] : []),
	];
	const parts = [
		`${euros(sum(bad))} en jeu${fresh > 0 ? `, ${counted(fresh, 'affaire nouvelle', 'affaires nouvelles')} depuis hier` : ''}${watch > 0 ? ` ; ${counted(watch, 'autre affaire à surveiller', 'autres affaires à surveiller')}` : ''}.`,
		lines.join('\n'),
		...(kind === 'own' ? [] : [`Par personne : ${byOwner(bad, nameOf)}.`]),
		...(bottleneck && kind !== 'own' ? [`${bottleneck.title}. ${bottleneck.action}`] : []),
	];
	return { subject: `${whose} : ${counted(bad.length, 'affaire en danger', 'affaires en danger')}`, message: parts.join('\n\n') };
}
