/** Something that keeps the command from going on, told in one sentence to whoever runs it. */
export class Failure extends Error {
	/**
	 * @param {string} message
	 * @param {number} [exitCode]
	 */
	constructor(message, exitCode = 1) {
		super(message);
		this.exitCode = exitCode;
	}
}

/** Ctrl-C: nothing is broken, the next start goes on from here. */
export const interrupted = () => new Failure('Interrompu. Relancez la commande : elle reprendra là où elle en était.', 130);

/**
 * In this order: a native module that cannot be downloaded ready-made is compiled, so its output tells of the network,
 * too, when what is missing is the compiler.
 * @type {[RegExp, string][]}
 */
const causes = [
	[/ENOSPC|no space left/i, 'Le disque est plein.'],
	[
		/gyp ERR!|not found: make|no acceptable C compiler|Could not find any Python/i,
		'Un module natif n’a pas pu être compilé : installez python3, make et g++ (sous Debian : apt-get install python3 make g++), puis relancez la commande.',
	],
	[/EROFS|EACCES|EPERM|permission denied/i, 'Un fichier ou un dossier n’est pas accessible en écriture pour cet utilisateur.'],
	[
		/CERT_|_CERT|self.signed certificate|unable to verify the first certificate/i,
		'Le certificat du registre npm (ou du proxy de l’entreprise) n’est pas reconnu : indiquez-le par NODE_EXTRA_CA_CERTS, puis relancez la commande.',
	],
	[
		/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|network (request|timeout)/i,
		'Le registre npm ne répond pas : vérifiez la connexion à Internet (ou le proxy), puis relancez la commande.',
	],
];

/**
 * The sentence for a failed npm, from what it printed.
 * @param {string} output
 */
export function npmFailure(output) {
	const found = causes.find(([pattern]) => pattern.test(output));
	return new Failure(found ? found[1] : `npm a échoué :\n${lastLines(output)}`);
}

/**
 * @param {string} output
 * @param {number} [count]
 */
export const lastLines = (output, count = 15) => output.trimEnd().split('\n').slice(-count).join('\n');
