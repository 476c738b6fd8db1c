import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Tells nginx whether this instance takes requests, by a file of its name in a folder that both see (deploy/nginx.conf looks
 * for it at every request: no reload, hence no connection cut). Without a folder nobody is told.
 */
export class Draining {
	readonly #folder: string | null;
	readonly #file: string;

	constructor(folder: string | undefined, instance: string) {
		this.#folder = folder ?? null;
		this.#file = join(folder ?? '', instance);
	}

	/** No request from now on. */
	begin(): void {
		if (!this.#folder) return;
		mkdirSync(this.#folder, { recursive: true });
		writeFileSync(this.#file, '');
	}

	/** Requests are welcome. */
	end(): void {
		if (this.#folder) rmSync(this.#file, { force: true });
	}
}
