/** Changes of this long are done together: fifty rows of one call, or a form that is saved twice. */
const gatherMs = 2000;

/** After a round of more changes of a topic than people make by hand, ten seconds: an import, or leads that keep coming, leave time for themselves. */
const busyGatherMs = 10_000;
const busyFrom = 100;

/** What waits of a topic. `changes`: how many calls told of them; `due`: when it is handed on, on the clock of this process. */
type Waiting = { ids: Set<string>; changes: number; due: number };

/**
 * Gathers ids of rows that changed, by topic, and hands them on a moment later, outside the transaction of the change: what is worked out
 * anew then costs the change nothing. A flood of one topic keeps no other one waiting. What a crash loses in these seconds, the night must find.
 */
export class Gathered<Topic> {
	private readonly waiting = new Map<Topic, Waiting>();
	private readonly busyUntil = new Map<Topic, number>();
	private timer: NodeJS.Timeout | null = null;
	private timerDue = Infinity;
	private readonly handOn: (gathered: ReadonlyMap<Topic, readonly string[]>) => Promise<void>;
	private readonly onError: (error: unknown) => void;

	constructor(handOn: (gathered: ReadonlyMap<Topic, readonly string[]>) => Promise<void>, onError: (error: unknown) => void) {
		this.handOn = handOn;
		this.onError = onError;
	}

	note(topic: Topic, ids: readonly unknown[]): void {
		const own = this.waiting.get(topic) ?? { ids: new Set<string>(), changes: 0, due: Math.max(performance.now() + gatherMs, this.busyUntil.get(topic) ?? 0) };
		this.waiting.set(topic, own);
		for (const id of ids) if (typeof id === 'string') own.ids.add(id);
		own.changes += 1;
		this.wake(own.due);
	}

	/** Hands on what waits, at once. */
	flush(): Promise<void> {
		return this.send(Infinity);
	}

	private wake(due: number): void {
		if (due >= this.timerDue) return;
		if (this.timer) clearTimeout(this.timer);
		this.timerDue = due;
		// What is due within the next moment goes along: it is the same form, or the same call.
		const send = (): void => void this.send(performance.now() + gatherMs).catch(this.onError);
		this.timer = setTimeout(send, due - performance.now()).unref();
	}

	private async send(until: number): Promise<void> {
		if (this.timer) clearTimeout(this.timer);
		[this.timer, this.timerDue] = [null, Infinity];
		const gathered = new Map<Topic, string[]>();
		for (const [topic, { ids, changes, due }] of this.waiting) {
			if (due > until) continue;
			this.waiting.delete(topic);
			if (changes > busyFrom) this.busyUntil.set(topic, performance.now() + busyGatherMs);
			else this.busyUntil.delete(topic);
			if (ids.size > 0) gathered.set(topic, [...ids]);
		}
		for (const { due } of this.waiting.values()) this.wake(due);
		if (gathered.size > 0) await this.handOn(gathered);
	}
}
