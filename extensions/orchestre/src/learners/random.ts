/** Numbers in [0, 1) that are the same for the same seed on every machine (sfc32, PractRand; 32 bits of state four times). */
export function randomFrom(seed: number): () => number {
	let a = 0x9e3779b9 | 0;
	let b = 0x243f6a88 | 0;
	let c = seed | 0;
	let counter = 1;
	const next = (): number => {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + sum) | 0;
		return (sum >>> 0) / 4_294_967_296;
	};
	for (let round = 0; round < 15; round++) next();
	return next;
}

/** `count` different numbers below `size`, in ascending order. */
export function draw(random: () => number, size: number, count: number): number[] {
	const all = Array.from({ length: size }, (_, index) => index);
	for (let index = 0; index < count; index++) {
		const other = index + Math.floor(random() * (size - index));
		[all[index], all[other]] = [all[other] as number, all[index] as number];
	}
	return all.slice(0, count).sort((one, two) => one - two);
}
