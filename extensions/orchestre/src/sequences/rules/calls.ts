/** A count of calls per caller and minute, kept in memory: at most `callers` of them, the oldest forgotten first. */
export class CallCounter {
	readonly #calls = new Map<string, { minute: number; count: number }>();
	readonly #most: number;
	readonly #callers: number;

	constructor(most: number, callers = 10_000) {
		this.#most = most;
		this.#callers = callers;
	}

	/** Counts one call; false when this caller has had all of this minute's. */
	allow(caller: string, at: Date): boolean {
		const minute = Math.floor(at.getTime() / 60_000);
		const known = this.#calls.get(caller);
		const count = known?.minute === minute ? known.count + 1 : 1;
		this.#calls.delete(caller);
		this.#calls.set(caller, { minute, count });
		if (this.#calls.size > this.#callers) this.#calls.delete(this.#calls.keys().next().value ?? '');
		return count <= this.#most;
	}
}
