/** Starts to count: each call tells the seconds since, of work or of the clock, whichever is less (a busy machine stretches the clock). */
export function stopwatch(): () => number {
	const begun = performance.now();
	const worked = process.cpuUsage();
	return () => {
		const { user, system } = process.cpuUsage(worked);
		return Math.min((performance.now() - begun) / 1000, (user + system) / 1e6);
	};
}
