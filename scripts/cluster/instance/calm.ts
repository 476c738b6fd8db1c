import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until Directus answers steadily. It listens while its first requests still load the schema and the rights; measured
 * then, its own pressure limiter takes it for overloaded and answers 503. Ten good answers in a row span one sample of it
 * (PRESSURE_LIMITER_SAMPLE_INTERVAL in docker-compose.yml); after half a minute the instance is opened all the same.
 */
export async function untilCalm(url: string, signal: AbortSignal): Promise<void> {
	const deadline = Date.now() + 30_000;
	for (let good = 0; good < 10 && Date.now() < deadline && !signal.aborted;) {
		const answer = await fetch(`${url}/server/health`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
		await answer?.arrayBuffer().catch(() => null);
		good = answer?.ok ? good + 1 : 0;
		await sleep(250);
	}
}
