import { readdir, readlink, realpath } from 'node:fs/promises';

/**
 * Processes of this machine that have the file open, but for this one. Linux tells (of one's own processes); elsewhere none is found.
 */
export async function openedBy(file: string): Promise<number[]> {
	const real = await realpath(file).catch(() => null);
	if (!real) return [];
	const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid);
	const holds = async (pid: number): Promise<boolean> => {
		const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
		const targets = await Promise.all(descriptors.map((descriptor) => readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')));
		return targets.includes(real);
	};
	const held = await Promise.all(pids.map(async (pid) => ((await holds(pid)) ? [pid] : [])));
	return held.flat();
}
