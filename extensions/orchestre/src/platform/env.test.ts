import { describe, expect, it } from 'vitest';
import { checkEnv } from './env.ts';

describe('the environment', () => {
	it('needs nothing', () => {
		expect(checkEnv({ PATH: '/bin', ORCHESTRE_WORKER: '' })).toMatchObject({
			settings: { ORCHESTRE_WORKER: true, ORCHESTRE_WORKER_POLL_MS: 2000, ORCHESTRE_JOBS_KEEP_DAYS: 90 },
			faults: [],
			warnings: [],
		});
	});

	it('takes text, and what Directus made of it', () => {
		expect(checkEnv({ ORCHESTRE_WORKER: 'False', ORCHESTRE_WORKER_POLL_MS: ' 500 ' }).settings).toMatchObject({
			ORCHESTRE_WORKER: false,
			ORCHESTRE_WORKER_POLL_MS: 500,
		});
		expect(checkEnv({ ORCHESTRE_WORKER: false, ORCHESTRE_WORKER_POLL_MS: 500 }).settings).toMatchObject({
			ORCHESTRE_WORKER: false,
			ORCHESTRE_WORKER_POLL_MS: 500,
		});
	});

	it('names every fault in one French sentence', () => {
		expect(checkEnv({ ORCHESTRE_WORKER: 'oui', ORCHESTRE_WORKER_POLL_MS: '2s', ORCHESTRE_WORKER_CONCURRENCY: 1.5, ORCHESTRE_JOBS_KEEP_DAYS: 0 })).toEqual({
			settings: null,
			warnings: [],
			faults: [
				'La variable ORCHESTRE_WORKER doit valoir true ou false (valeur reçue : "oui").',
				'La variable ORCHESTRE_WORKER_POLL_MS doit être un nombre entier entre 100 et 60000 (valeur reçue : "2s").',
				'La variable ORCHESTRE_WORKER_CONCURRENCY doit être un nombre entier entre 1 et 20 (valeur reçue : 1.5).',
				'La variable ORCHESTRE_JOBS_KEEP_DAYS doit être un nombre entier entre 1 et 3650 (valeur reçue : 0).',
			],
		});
	});

	it('warns of a misspelt name', () => {
		expect(checkEnv({ ORCHESTRE_WORKR: 'false' }).warnings).toEqual([expect.stringContaining('ORCHESTRE_WORKR n’est pas connue')]);
	});
});
