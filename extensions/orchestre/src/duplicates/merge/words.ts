import type { CollectionWords } from '../../platform/schema-words.ts';
import { counted, listed } from '../../platform/text.ts';

/** Rows that follow, a line for each collection; `stay`: those that the kept record has already. */
export type Count = { collection: string; label: string; move: number; stay: number };

/** Directus's own collections, which have no French words of their own. */
const systemWords: Readonly<Record<string, readonly [string, string]>> = {
	directus_comments: ['commentaire', 'commentaires'],
	directus_notifications: ['notification', 'notifications'],
	directus_shares: ['partage', 'partages'],
	directus_users: ['compte utilisateur', 'comptes utilisateurs'],
};

export const countWords = ({ collection, move }: Pick<Count, 'collection' | 'move'>, words: ReadonlyMap<string, CollectionWords>): string =>
	counted(
		move,
		systemWords[collection]?.[0] ?? words.get(collection)?.one ?? collection,
		systemWords[collection]?.[1] ?? words.get(collection)?.many ?? collection,
	);

/** `La fiche « Dupont SA » est versée dans « Dupont ». 3 affaires et 2 contacts suivent. 4 champs repris.` */
export function mergedSentence(kept: string, gone: string, counts: readonly Count[], fields: number): string {
	const moved = counts.filter(({ move }) => move > 0);
	const number = moved.reduce((sum, { move }) => sum + move, 0);
	const follow = moved.length > 0 ? ` ${listed(moved.map(({ label }) => label))} ${number > 1 ? 'suivent' : 'suit'}.` : '';
	const completed = fields > 0 ? ` ${counted(fields, 'champ repris', 'champs repris')}.` : '';
	return `La fiche « ${gone} » est versée dans « ${kept} ».${follow}${completed}`;
}

/** What an undo did, and what it left and why. */
export const undoneSentence = (left: readonly string[]): string =>
	left.length === 0 ? 'Fusion annulée : les deux fiches sont comme avant.' : `Fusion annulée. Laissé en l’état, parce que modifié depuis : ${listed(left)}.`;
