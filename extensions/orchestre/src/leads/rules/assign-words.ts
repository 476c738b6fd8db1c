import type { Team } from './assign-figures.ts';
import { expertiseOf, freeShare, hasSlot, shrunkenRate } from './candidates.ts';
import { labelOf, spoken } from './labels.ts';
import { counted, listed } from '../../platform/text.ts';
import type { Assignment, Candidate, CandidateFigures } from './types.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Why the account's owner does not get the lead; a sentence to put before the decision. */
export function absenceOf(keeper: Candidate | undefined): string {
	if (!keeper) return 'Le responsable du compte ne reçoit pas de leads. ';
	return `${keeper.name} suit ce compte mais ${hasSlot(keeper) ? 'ne sera pas là à temps' : 'n’a plus de place'}. `;
}

function mastered(owner: Candidate, { lead }: Team): string[] {
	const matching = expertiseOf(lead, owner).filter(({ matches }) => matches);
	const said = {
		industry: (value: string) => `le secteur ${labelOf('industry', value)}`,
		size: (value: string) => `les entreprises de ${labelOf('size_band', value)}`,
		region: (value: string) => `la région ${labelOf('region', value)}`,
	};
	const known = matching.flatMap(({ trait, value }) => (trait === 'language' ? [] : [said[trait](value)]));
	const language = matching.find(({ trait, value }) => trait === 'language' && value !== 'fr')?.value;
	return [...(known.length > 0 ? [`connaît ${listed(known)}`] : []), ...(language ? [`parle ${spoken(language)}`] : [])];
}

function record(owner: Candidate, { mean, settings }: Team): string[] {
	if (mean === null) return [];
	if (owner.convertedLeads + owner.lostLeads === 0) return ['pas encore de lead clos'];
	return [`${percent(shrunkenRate(owner, mean, settings.performance_prior))} de conversion (moyenne ${percent(mean)})`];
}

/** The sentences that people read under the owner's name. */
export const sentenceFor = {
	/** `Léa Martin : 60 % de charge libre, connaît le secteur Santé, 34 % de conversion (moyenne 28 %).` */
	chosen(kind: Assignment['kind'], owner: Candidate, team: Team, unheard: string | null): string {
		const head =
			kind === 'newcomer'
				? `${owner.name} (part réservée aux nouveaux venus)`
				: kind === 'escalation'
					? `${owner.name} reprend ce lead resté sans contact`
					: owner.name;
		const parts = [`${percent(freeShare(owner))} de charge libre`, ...mastered(owner, team), ...record(owner, team)];
		return `${head} : ${parts.join(', ')}.${unheard ? ` Personne de disponible ne parle ${spoken(unheard)}.` : ''}`;
	},
	nobody(figures: readonly CandidateFigures[], before: string): string {
		if (figures.length === 0) return `${before}Personne ne reçoit de leads : cochez « Reçoit des leads » sur au moins un utilisateur.`;
		const full = figures.filter(({ openLeads, capacity }) => openLeads >= capacity).length;
		const away = figures.length - full;
		const parts = [
			...(full > 0 ? [`${counted(full, 'personne', 'personnes')} sans place libre`] : []),
			...(away > 0 ? [`${counted(away, 'personne absente', 'personnes absentes')} ou écartée${away < 2 ? '' : 's'}`] : []),
		];
		return `${before}Personne n’est disponible : ${listed(parts)}.`;
	},
};
