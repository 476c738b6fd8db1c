import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { connect } from '../../support/database.ts';

/** Any number, as long as nothing else in this database locks the same. */
const lockKey = 7_203_110_117;
const patienceMs = 120_000;

export type ProvisionOnceOptions = {
	environment: Record<string, string>;
	/** Puts the demo company into a database that is new. */
	demo: boolean;
	say: (line: string) => void;
	/** Aborts the wait and the provision. */
	signal: AbortSignal;
};

/** The database may still be starting, or be on its way back. */
async function untilReachable(database: Knex, signal: AbortSignal): Promise<void> {
	const deadline = Date.now() + patienceMs;
	for (;;) {
		try {
			await database.raw('select 1');
			return;
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await sleep(1000, undefined, { signal });
		}
	}
}

/** Runs scripts/provision.ts; resolves to the number of steps it took, 0 when everything was there. */
function provision({ environment, demo, say, signal }: ProvisionOnceOptions): Promise<number> {
	const child = fork('scripts/provision.ts', demo ? [] : ['--empty'], { env: environment, execArgv: ['--experimental-strip-types'], signal });
	let steps = 0;
	child.on('message', (message: { step?: string }) => {
		if (!message.step) return;
		steps += 1;
		say(`Préparation : ${message.step}`);
	});
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => (code === 0 ? resolve(steps) : reject(new Error(`La préparation de la base a échoué (code ${code}).`))));
	});
}

/**
 * Brings the database to this version, one instance at a time: the first takes a lock in PostgreSQL, the others wait for it
 * and then find everything done. The lock belongs to a connection, so the death of the one that holds it frees it, and the
 * next goes on from there.
 *
 * Neither the holder nor those who wait may be inside a statement or transaction meanwhile: Directus's migrations build
 * indexes CONCURRENTLY, which waits for every other snapshot to end. Hence a lock of the session, asked for again and again.
 */
export async function provisionOnce(options: ProvisionOnceOptions): Promise<void> {
	const { say, signal } = options;
	const database = connect(options.environment);
	try {
		await untilReachable(database, signal);
		const connection: unknown = await database.client.acquireConnection();
		try {
			const ask = (sql: string): Promise<{ rows: { answer: unknown }[] }> => database.raw(sql, [lockKey]).connection(connection);
			const isLocked = async (): Promise<boolean> => (await ask('select pg_try_advisory_lock(?) as answer')).rows[0]?.answer === true;
			if (!(await isLocked())) {
				say('Une autre instance prépare la base ; attente.');
				do await sleep(1000, undefined, { signal });
				while (!(await isLocked()));
			}
			const steps = await provision(options);
			const released = await ask('select pg_advisory_unlock(?) as answer');
			if (released.rows[0]?.answer !== true) throw new Error('Le verrou de la préparation a été perdu en route.');
			say(steps === 0 ? 'Base déjà à jour.' : 'Base préparée.');
		} finally {
			// Whatever happened: `destroy` waits for what is not given back, and the lock would be held for ever.
			await database.client.releaseConnection(connection);
		}
	} finally {
		await database.destroy();
	}
}
