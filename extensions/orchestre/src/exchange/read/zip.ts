import { unzipSync } from 'fflate';
import { maxUnpackedBytes, Unreadable } from './limits.ts';

/**
 * The wanted parts of a ZIP. What they unfold to is added up before anything is unpacked, and each part gets a buffer of exactly
 * the size that it states: a part that lies cannot take more.
 */
export function unzip(bytes: Uint8Array, wanted: (name: string) => boolean): Map<string, Uint8Array> {
	let total = 0;
	let count = 0;
	try {
		const parts = unzipSync(bytes, {
			filter: ({ name, originalSize }) => {
				if (++count > 5000) throw new Unreadable('Ce classeur contient trop de parties.');
				if (!wanted(name)) return false;
				total += originalSize;
				if (total > maxUnpackedBytes) throw new Unreadable('Une fois déplié, ce classeur dépasse 160 Mo : enregistrez la feuille en CSV, ou partagez-la.');
				return true;
			},
		});
		return new Map(Object.entries(parts));
	} catch (error) {
		if (error instanceof Unreadable) throw error;
		throw new Unreadable('Ce classeur ne peut pas être ouvert : est-ce bien un fichier XLSX ?');
	}
}
