import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, root } from './paths.mjs';

const file = join(root, '.env');

/**
 * Writes `.env` on the first run: secrets of this installation and nothing else, because Directus lets `.env` win over
 * the process's environment. What may be set besides is described in .env.example.
 */
export function writeEnvironmentFile() {
	mkdirSync(join(dataFolder, 'uploads'), { recursive: true });
	if (existsSync(file) || (process.env.SECRET && process.env.ADMIN_PASSWORD)) return;
	const lines = [
		'# Écrit au premier démarrage : les secrets de cette installation. Les autres réglages possibles sont dans .env.example.',
		'# Ce fichier l’emporte sur l’environnement du processus.',
		`SECRET="${randomBytes(32).toString('hex')}"`,
		'ADMIN_EMAIL="admin@example.com"',
		`ADMIN_PASSWORD="${randomBytes(12).toString('base64url')}"`,
	];
	// Whole or not at all, should the start be cut off here.
	writeFileSync(`${file}.partial`, `${lines.join('\n')}\n`, { mode: 0o600 });
	renameSync(`${file}.partial`, file);
}
