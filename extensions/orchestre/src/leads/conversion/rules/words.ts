import { counted, listed } from '../../../platform/text.ts';
import type { ConversionRecord } from './record.ts';

type Named = { name: string } | null;

/** `Affaire « Atelier Roux – Pack Pro » créée ; entreprise « Atelier Roux » retrouvée, contact « Ana Roux » créé. 3 échanges y sont rattachés.` */
export function summaryOf(
	{ company, person, opportunity }: { company: Named; person: Named; opportunity: Named },
	{ created, moved }: Pick<ConversionRecord, 'created' | 'moved'>,
): string {
	const parts = [
		`Affaire « ${opportunity?.name ?? ''} » ${created.includes('opportunity') ? 'créée' : 'retrouvée'}`,
		`entreprise « ${company?.name ?? ''} » ${created.includes('company') ? 'créée' : 'retrouvée'}`,
		...(person ? [`contact « ${person.name} » ${created.includes('person') ? 'créé' : 'retrouvé'}`] : []),
	];
	const number = (collection: string): number => moved.filter((one) => one.collection === collection).length;
	const along = [
		...(number('interactions') > 0 ? [counted(number('interactions'), 'échange', 'échanges')] : []),
		...(number('planning') > 0 ? [counted(number('planning'), 'rendez-vous', 'rendez-vous')] : []),
		...(number('tasks') > 0 ? [counted(number('tasks'), 'tâche', 'tâches')] : []),
	];
	return `${listed(parts)}.${along.length > 0 ? ` ${listed(along)} ${moved.length > 1 ? 'suivent' : 'suit'} l’affaire.` : ''}`;
}

export type Kept = { collection: string; item: string; name: string; reason: string };

/** What an undo did, and what it left and why. */
export const undoneSentence = (kept: readonly Kept[]): string =>
	kept.length === 0
		? 'Conversion annulée : le lead est rouvert, ce qu’elle avait créé est supprimé.'
		: `Conversion annulée : le lead est rouvert. Laissé en place : ${listed(kept.map(({ name, reason }) => `« ${name} » (${reason})`))}.`;
