/** What keeps a backup or a restore from going on, as a French sentence for whoever runs it. */
export class BackupFailure extends Error {
	override name = 'BackupFailure';
}

const causes: readonly (readonly [RegExp, string])[] = [
	[/^(ENOSPC|EDQUOT|SQLITE_FULL|53100)$/, 'Le disque est plein.'],
	[/^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN)$/, 'Un fichier ou un dossier n’est pas accessible à cet utilisateur.'],
	[/^EISDIR$/, 'C’est un dossier : donnez le chemin d’une archive (orchestre-….tar).'],
	[/^SQLITE_BUSY$/, 'La base de données est restée occupée trop longtemps.'],
	[/^(SQLITE_CORRUPT|SQLITE_NOTADB)$/, 'Le fichier de la base de données est abîmé.'],
	[/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)$/, 'La base de données ne répond pas (réglages DB_*).'],
	[/^(28P01|28000)$/, 'La base de données refuse ce mot de passe ou cet utilisateur (réglages DB_*).'],
	[/^3D000$/, 'La base de données n’existe pas : créez-la d’abord, vide (réglage DB_DATABASE).'],
	[/^42501$/, 'L’utilisateur de la base de données n’a pas assez de droits : il doit en être propriétaire.'],
];

/**
 * The French sentence for any error. What nobody foresaw is named by its code alone: messages of drivers hold values of
 * the rows (DEBUG=1 shows them).
 */
export function sentenceOf(error: unknown): string {
	if (error instanceof BackupFailure) return error.message;
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const known = causes.find(([pattern]) => pattern.test(code))?.[1];
	if (known) return known;
	return `Erreur inattendue${code ? ` (${code})` : ''} : relancez avec DEBUG=1 pour en voir le détail.`;
}
