import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';

/** What scripts/backup.ts --scheduled answers, as one line of JSON. */
const answer = z.union([
	z.object({
		archive: z.string(),
		bytes: z.number(),
		tables: z.number(),
		rows: z.number(),
		files: z.number(),
		removed: z.number(),
		notes: z.array(z.string()),
	}),
	z.object({ error: z.string() }),
]);

export type Backup = Exclude<z.output<typeof answer>, { error: string }>;

/** Directus runs from the checkout (npm start) or the image's folder, which both hold scripts/. */
const scriptPath = (): string => join(process.cwd(), 'scripts', 'backup.ts');

function parseAnswer(output: string): z.output<typeof answer> | null {
	try {
		return answer.parse(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
	} catch {
		return null;
	}
}

/**
 * Backs up in a process of its own, so that the server goes on answering; `signal` ends it. Rejects with the French sentence of
 * what went wrong.
 */
export async function runBackup(signal: AbortSignal): Promise<Backup> {
	const script = scriptPath();
	if (!existsSync(script))
		throw new OperationalError('Le programme de sauvegarde (scripts/backup.ts) est introuvable sur cette machine.', { retryable: false });
	const child = spawn(process.execPath, ['--no-warnings', script, '--scheduled'], { signal, killSignal: 'SIGTERM', stdio: ['ignore', 'pipe', 'ignore'] });
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
	await new Promise<void>((resolve) => child.on('error', () => resolve()).on('close', () => resolve()));
	const said = parseAnswer(output);
	if (!said) throw new OperationalError('La sauvegarde a été interrompue.');
	if ('error' in said) throw new OperationalError(said.error);
	return said;
}
