import type { Accountability, Host } from '../../platform/directus.ts';
import { kindOf, sentenceFor, UserError } from '../../platform/errors.ts';
import { tell } from '../../platform/notices.ts';
import { counted } from '../../platform/text.ts';
import { mergePair } from './merge.ts';
import { readPair } from './pair.ts';

const most = 200;

export type Bulk = { merged: number; left: { pair: string; label: string; reason: string }[]; summary: string };

async function mergeOne(host: Host, accountability: Accountability | null, id: string): Promise<{ label: string; reason: string | null }> {
	const { label, level, state } = await readPair(host.database, id);
	if (state !== 'proposed') return { label, reason: 'n’est plus à vérifier' };
	if (level !== 'sure') return { label, reason: 'n’est pas sûre : comparez les deux fiches' };
	try {
		await mergePair(host, accountability, id, {});
		return { label, reason: null };
	} catch (error) {
		if (kindOf(error) === 'unexpected') throw error;
		return { label, reason: sentenceFor(error, '') };
	}
}

/** Merges the sure pairs of a selection as their proposals say, each by itself; what needs a look stays, and whoever asked is told why. */
export async function mergeSelection(host: Host, accountability: Accountability | null, ids: readonly string[]): Promise<Bulk> {
	if (ids.length > most) throw new UserError(`Sélectionnez au plus ${most} paires à la fois.`);
	const left: Bulk['left'] = [];
	for (const id of ids) {
		const { label, reason } = await mergeOne(host, accountability, id);
		if (reason) left.push({ pair: id, label, reason });
	}
	const merged = ids.length - left.length;
	const rest = left.map(({ label, reason }) => `« ${label} » : ${reason}`).join('\n');
	if (merged === 0)
		throw new UserError(`Aucune paire fusionnée. ${left.map(({ reason }) => reason).find(() => true) ?? ''}`.trim(), {
			code: 'NOT_MERGEABLE',
			status: 409,
			extensions: { left },
		});
	const summary = `${counted(merged, 'paire fusionnée', 'paires fusionnées')}${left.length > 0 ? `, ${counted(left.length, 'reste à vérifier', 'restent à vérifier')}` : ''}.`;
	const recipients = accountability?.user ? [accountability.user] : [];
	await tell(host.database, [
		{ recipients, subject: summary, message: rest || 'Chaque fusion peut être annulée pendant 30 jours, depuis sa fiche dans « Doublons ».' },
	]);
	return { merged, left, summary };
}
