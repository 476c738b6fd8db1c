import type { useApi } from '@directus/extensions-sdk';

/** What the panels of a page were read from, and how far: a word per source that changes with it. */
export type Stamps = Record<string, string>;
type Follower = { stamps: () => Stamps; changed: () => Promise<void> };

/** A change is on the screen within this and the time of an answer. */
const everyMs = 4000;

const followers = new Set<Follower>();
let timer: ReturnType<typeof setInterval> | undefined;
let isAsking = false;

/** One question for all panels of the page, only while somebody looks at it; a panel is read again when one of its sources has moved on. */
async function look(api: ReturnType<typeof useApi>): Promise<void> {
	if (isAsking || document.visibilityState !== 'visible') return;
	const sources = [...new Set([...followers].flatMap(({ stamps }) => Object.keys(stamps())))].toSorted();
	if (sources.length === 0) return;
	isAsking = true;
	try {
		const now = (await api.get('/orchestre/panels/stamps', { params: { of: sources.join(',') } })).data.data as Stamps;
		const behind = [...followers].filter(({ stamps }) => Object.entries(stamps()).some(([source, stamp]) => now[source] !== undefined && now[source] !== stamp));
		await Promise.all(behind.map(({ changed }) => changed()));
	} catch {
		// The next look tells.
	} finally {
		isAsking = false;
	}
} // prettier-ignore

/** Calls `changed` when the database has moved on from what `stamps` says; returns how to stop. */
export function follow(api: ReturnType<typeof useApi>, stamps: () => Stamps, changed: () => Promise<void>): () => void {
	const follower = { stamps, changed };
	const atOnce = (): void => void look(api);
	followers.add(follower);
	timer ??= setInterval(atOnce, everyMs);
	document.addEventListener('visibilitychange', atOnce);
	return () => {
		followers.delete(follower);
		document.removeEventListener('visibilitychange', atOnce);
		if (followers.size > 0) return;
		clearInterval(timer);
		timer = undefined;
	};
}
