import type { Part, Reason } from './types.ts';

const advice: Readonly<Record<Part, string>> = {
	usage: 'Appelez votre contact pour comprendre pourquoi l’usage baisse, et proposez une séance d’accompagnement.',
	support: 'Faites le point sur les tickets ouverts avec le support, puis appelez le client avant qu’il n’appelle.',
	payment: 'Voyez avec la finance ce qui bloque le règlement, puis appelez le client.',
	contact: 'Reprenez contact cette semaine : un appel, puis un rendez-vous daté.',
	satisfaction: 'Appelez la personne qui a répondu à l’enquête et convenez de ce qui changera.',
	plan: 'Réunissez le chef de projet et le client : un nouveau calendrier, des responsables, une date.',
};

/** What costs most, the worst first. */
export const worstOf = (reasons: readonly Reason[]): Reason[] => reasons.filter(({ points }) => points < 0).toSorted((one, other) => one.points - other.points);

/** The one thing to do for a client in danger: about what costs most. */
export const adviceFor = (reasons: readonly Reason[]): string | null => {
	const [worst] = worstOf(reasons);
	return worst ? advice[worst.part] : null;
};
