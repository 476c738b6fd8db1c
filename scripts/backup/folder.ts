import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const archiveName = /^orchestre-\d{4}-\d\d-\d\d-\d{6}Z\.tar$/;
const workName = /^\.orchestre-(\d+)-[a-z0-9]+\.partial$/;

/** `orchestre-2026-11-22-003000Z.tar`: in UTC, so that names sort by age. */
export const archiveNameAt = (at: Date): string => `orchestre-${at.toISOString().slice(0, 10)}-${at.toISOString().slice(11, 19).replaceAll(':', '')}Z.tar`;

/** A name that no archive of the folder has: two backups in one second take two. */
export function freeArchivePath(folder: string, at: Date): string {
	for (let second = 0; ; second++) {
		const path = join(folder, archiveNameAt(new Date(at.getTime() + second * 1000)));
		if (!existsSync(path)) return path;
	}
}

const isAlive = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
};

/**
 * A folder of its own for an archive in the making, beside its future place, hence on the same disk. Removes those of backups
 * that were killed.
 */
export async function openWorkFolder(folder: string): Promise<string> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	for (const name of await readdir(folder)) {
		const pid = Number(workName.exec(name)?.[1] ?? Number.NaN);
		if (!Number.isNaN(pid) && (pid === process.pid || !isAlive(pid))) await rm(join(folder, name), { recursive: true, force: true });
	}
	const own = join(folder, `.orchestre-${process.pid}-${Date.now().toString(36)}.partial`);
	await mkdir(own, { mode: 0o700 });
	return own;
}

/** Removes all archives of the folder but the `keep` newest; other files are nobody's business. Returns the names removed. */
export async function prune(folder: string, keep: number): Promise<string[]> {
	const archives = (await readdir(folder)).filter((name) => archiveName.test(name)).toSorted();
	const old = archives.slice(0, Math.max(0, archives.length - keep));
	for (const name of old) await rm(join(folder, name), { force: true });
	return old;
}
