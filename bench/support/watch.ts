/** What a stretch of work took: seconds, seconds of the processor in this process, megabytes that the process grew by at its largest. */
export type Spent = { seconds: number; 'CPU seconds': number; 'growth MB': number };

const megabytes = (bytes: number): number => bytes / 1_048_576;

/** Watches this process from now until `stop`. Memory is looked at twenty times a second, and between two looks it may have been more. */
export function startWatch(): { stop: () => Spent } {
	const [started, cpu, before] = [performance.now(), process.cpuUsage(), process.memoryUsage.rss()];
	let most = before;
	const look = (): void => void (most = Math.max(most, process.memoryUsage.rss()));
	const timer = setInterval(look, 50);
	return {
		stop: () => {
			clearInterval(timer);
			look();
			const { user, system } = process.cpuUsage(cpu);
			return { seconds: (performance.now() - started) / 1000, 'CPU seconds': (user + system) / 1_000_000, 'growth MB': megabytes(most - before) };
		},
	};
}
