/** What a file may be: enough for every list of a company of this size, and little enough for a small server. */
export const maxFileBytes = 20 * 1024 * 1024;
export const maxRows = 50_000;
export const maxColumns = 300;
/** A workbook is a ZIP: what it unfolds to, all needed parts together. */
export const maxUnpackedBytes = 160 * 1024 * 1024;

/** The file as a whole cannot be read; `message` is a French sentence for whoever chose it. */
export class Unreadable extends Error {}

export const tooManyRows = (): Unreadable =>
	new Unreadable(`Le fichier compte plus de ${maxRows.toLocaleString('fr-FR')} lignes : partagez-le en plusieurs fichiers.`);
export const tooManyColumns = (): Unreadable => new Unreadable(`Le fichier compte plus de ${maxColumns} colonnes.`);
export const tooBig = (): Unreadable => new Unreadable('Le fichier dépasse 20 Mo : partagez-le en plusieurs fichiers.');
