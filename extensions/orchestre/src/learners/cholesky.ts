/**
 * Solves A x = b for a symmetric positive definite A (n × n, row by row; only the lower triangle is read, and overwritten) and
 * returns x. Throws when A is not positive definite.
 */
export function solve(a: Float64Array, b: Float64Array): Float64Array {
	const n = b.length;
	for (let i = 0; i < n; i++)
		for (let j = 0; j <= i; j++) {
			let sum = a[i * n + j] as number;
			for (let k = 0; k < j; k++) sum -= (a[i * n + k] as number) * (a[j * n + k] as number);
			if (i > j) a[i * n + j] = sum / (a[j * n + j] as number);
			else if (sum > 0) a[i * n + i] = Math.sqrt(sum);
			else throw new Error('the matrix is not positive definite');
		}
	const x = Float64Array.from(b);
	for (let i = 0; i < n; i++) {
		for (let k = 0; k < i; k++) x[i] = (x[i] as number) - (a[i * n + k] as number) * (x[k] as number);
		x[i] = (x[i] as number) / (a[i * n + i] as number);
	}
	for (let i = n - 1; i >= 0; i--) {
		for (let k = i + 1; k < n; k++) x[i] = (x[i] as number) - (a[k * n + i] as number) * (x[k] as number);
		x[i] = (x[i] as number) / (a[i * n + i] as number);
	}
	return x;
}
