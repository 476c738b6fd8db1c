import { execFileSync, spawnSync } from 'node:child_process';

/** CPU seconds (user and system) that this process takes for `work`. */
export async function ownCpu(work: () => Promise<unknown>): Promise<number> {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1e6;
}

/** CPU seconds of a command, its start included, as the shell counts them; its output is thrown away. */
export function commandCpu(command: string, args: readonly string[]): number {
	// The threads of native tesseract only stand in each other's way on a page.
	const env = { ...process.env, OMP_THREAD_LIMIT: '1', LC_ALL: 'C', TIMEFORMAT: '%U %S' };
	const { stderr, status } = spawnSync('bash', ['-c', 'time "$0" "$@" >/dev/null 2>/dev/null', command, ...args], { env, encoding: 'utf8' });
	const times = stderr.trim().split(/\s+/).slice(-2).map(Number);
	if (status !== 0 || times.length !== 2 || !times.every((seconds) => seconds >= 0)) throw new Error(`${command} failed: ${stderr}`);
	return (times[0] ?? 0) + (times[1] ?? 0);
}

/** The first line a program says of its version; null when it is not on this machine. */
export function versionOf(command: string, option: string): string | null {
	try {
		const { stdout, stderr } = spawnSync(command, [option], { encoding: 'utf8' });
		execFileSync('bash', ['-c', `command -v ${command}`], { stdio: 'ignore' });
		return `${stdout}${stderr}`.split('\n')[0] ?? command;
	} catch {
		return null;
	}
}
