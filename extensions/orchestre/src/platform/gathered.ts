/** Changes of this long are done together: fifty rows of one call, or a form that is saved twice. */
const gatherMs = 2000;

/** After a round of more changes than people make by hand, ten seconds: an import, or leads that keep coming, leave time for themselves. */
const busyGatherMs = 10_000;
const busyFrom = 100;

/**
 * Gathers ids of rows that changed, by topic, and hands them on a moment later, outside the transaction of the change: what is worked out
 * anew then costs the change nothing. What a crash loses in these seconds, the night must find.
 */
export class Gathered<Topic> {
	private readonly waiting = new Map<Topic, Set<string>>();
	private timer: NodeJS.Timeout | null = null;
	private changes = 0;
	private busyUntil = 0;
	private readonly handOn: (gathered: ReadonlyMap<Topic, readonly string[]>) => Promise<void>;
	private readonly onError: (error: unknown) => void;

	constructor(handOn: (gathered: ReadonlyMap<Topic, readonly string[]>) => Promise<void>, onError: (error: unknown) => void) {
		this.handOn = handOn;
		this.onError = onError;
	}

	note(topic: Topic, ids: readonly unknown[]): void {
		const set = this.waiting.get(topic) ?? new Set<string>();
		this.waiting.set(topic, set);
		for (const id of ids) if (typeof id === 'string') set.add(id);
		this.changes += 1;
		this.timer ??= setTimeout(() => void this.flush().catch(this.onError), Math.max(gatherMs, this.busyUntil - performance.now())).unref();
	}

	/** Hands on what waits, at once. */
	async flush(): Promise<void> {
		if (this.timer) clearTimeout(this.timer);
		this.timer = null;
		this.busyUntil = this.changes > busyFrom ? performance.now() + busyGatherMs : 0;
		this.changes = 0;
		const gathered = new Map([...this.waiting].filter(([, ids]) => ids.size > 0).map(([topic, ids]) => [topic, [...ids]]));
		this.waiting.clear();
		if (gathered.size > 0) await this.handOn(gathered);
	}
}
