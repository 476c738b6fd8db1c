const float = new Float64Array(1);
const bits = new Uint32Array(float.buffer);

/** Two 32-bit hashes of each row: enough that rows of different content do not meet. */
export type Hashes = { one: Uint32Array; two: Uint32Array };

export const newHashes = (rows: number): Hashes => ({ one: new Uint32Array(rows).fill(0x811c9dc5), two: new Uint32Array(rows).fill(0x2545f491) });

function mix(hash: number, word: number, factor: number): number {
	const mixed = Math.imul(hash ^ word, factor);
	return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** Adds one number to a row's hashes. Any NaN is the same, and so are 0 and -0. */
export function addToHash({ one, two }: Hashes, row: number, value: number): void {
	float[0] = Number.isNaN(value) ? Number.NaN : value + 0;
	const low = Number.isNaN(value) ? 0x7ff80001 : (bits[0] as number);
	const high = Number.isNaN(value) ? 0x7ff80002 : (bits[1] as number);
	one[row] = mix(mix(one[row] as number, low, 0x01000193), high, 0x85ebca6b);
	two[row] = mix(mix(two[row] as number, high, 0xc2b2ae35), low, 0x27d4eb2f);
}

/**
 * Rows in an order that depends on their content alone, not on how they came: by hash of `columns`, and where those are equal by
 * `more`. Rows that are equal in all stand side by side, where their order makes no difference. The order looks like chance, so
 * any part of it is a fair sample.
 */
export function canonicalOrder(columns: readonly ArrayLike<number>[], rows: number, more: readonly ArrayLike<number>[] = []): Uint32Array {
	const hashes = newHashes(rows);
	for (const column of columns) for (let row = 0; row < rows; row++) addToHash(hashes, row, column[row] as number);
	const { one, two } = hashes;
	const rest = [...columns, ...more];
	return Uint32Array.from({ length: rows }, (_, row) => row).sort((a, b) => {
		const byHash = (one[a] as number) - (one[b] as number) || (two[a] as number) - (two[b] as number);
		if (byHash) return byHash;
		for (const column of rest) {
			const difference = (column[a] as number) - (column[b] as number);
			if (difference) return difference;
		}
		return 0;
	});
}
