type Queue = { on: (event: 'completed', listen: () => void) => void; off: (event: 'completed', listen: () => void) => void };

/**
 * Changes flows, one request after the other, and waits until Directus has loaded them anew as often: it answers before, hears of it over
 * the bus, and an event in between starts no flow.
 */
export async function reloadingFlows(changes: readonly (() => Promise<unknown>)[]): Promise<void> {
	// Directus reads its settings as it is imported: not before the test's own server has set them.
	const { getFlowManager } = await import('@directus/api/flows');
	const queue = getFlowManager().reloadQueue as unknown as Queue;
	let owed = changes.length;
	await new Promise<void>((resolve, reject) => {
		const listen = (): void => {
			owed -= 1;
			if (owed > 0) return;
			queue.off('completed', listen);
			resolve();
		};
		queue.on('completed', listen);
		(async () => {
			for (const change of changes) await change();
		})().catch(reject);
	});
}
