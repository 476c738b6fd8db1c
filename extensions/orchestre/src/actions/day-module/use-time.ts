import { onMounted, onUnmounted, ref, type Ref } from 'vue';

/** So often the clock on the page moves on, and so often the list is read again while the page is looked at. */
const [tickMs, rereadMs, backMs] = [20_000, 120_000, 10_000];

/** The time that the page's words go by. Calls `refresh` now and then, and when somebody comes back to the page from elsewhere. */
export function useTime(refresh: () => Promise<void>): Ref<Date> {
	const now = ref(new Date());
	let readAt = Date.now();
	let timer: ReturnType<typeof setInterval> | undefined;
	function look(after: number): void {
		now.value = new Date();
		if (document.visibilityState !== 'visible' || Date.now() - readAt < after) return;
		readAt = Date.now();
		void refresh();
	}
	const comeBack = (): void => look(backMs);
	onMounted(() => {
		timer = setInterval(() => look(rereadMs), tickMs);
		document.addEventListener('visibilitychange', comeBack);
	});
	onUnmounted(() => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', comeBack);
	});
	return now;
}
