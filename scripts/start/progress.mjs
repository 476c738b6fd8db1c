const width = 24;
const isTerminal = Boolean(process.stdout.isTTY) && !process.env.CI;

/** Steps with a bar and seconds: redrawn in place on a terminal, one line per finished step elsewhere. */
export class Progress {
	#count;
	#done = 0;
	#name = '';
	#startedAt = 0;
	/** @type {NodeJS.Timeout | undefined} */
	#timer;

	/** @param {number} count steps that are expected; grows when more come */
	constructor(count) {
		this.#count = count;
	}

	/** @param {string} name */
	begin(name) {
		this.end();
		this.#name = name;
		this.#startedAt = Date.now();
		this.#count = Math.max(this.#count, this.#done + 1);
		if (isTerminal) {
			this.#draw();
			this.#timer = setInterval(() => this.#draw(), 250).unref();
		} else console.log(`  ${name}…`);
	}

	/** The current step is done. */
	end() {
		if (!this.#name) return;
		this.#clear();
		this.#done += 1;
		console.log(`✓ ${this.#name} (${this.#seconds()} s)`);
		this.#name = '';
	}

	/** The current step failed: the bar goes, what follows says why. */
	fail() {
		if (!this.#name) return;
		this.#clear();
		console.log(`✗ ${this.#name} (${this.#seconds()} s)`);
		this.#name = '';
	}

	#seconds() {
		return ((Date.now() - this.#startedAt) / 1000).toFixed(1).replace('.', ',');
	}

	#clear() {
		clearInterval(this.#timer);
		if (isTerminal) process.stdout.write('\r\x1b[2K');
	}

	#draw() {
		const filled = Math.round((this.#done / this.#count) * width);
		process.stdout.write(
			`\r\x1b[2K${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${this.#done + 1}/${this.#count} ${this.#name} ${this.#seconds().split(',')[0]} s`,
		);
	}
}
