import { onMounted, onUnmounted } from 'vue';

type Act = 'next' | 'previous' | 'done' | 'snooze' | 'refuse' | 'why' | 'undo' | 'open';

const keys: Readonly<Record<string, Act>> = {
	j: 'next',
	ArrowDown: 'next',
	k: 'previous',
	ArrowUp: 'previous',
	f: 'done',
	r: 'snooze',
	e: 'refuse',
	p: 'why',
	u: 'undo',
	o: 'open',
};

const isTyping = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
const isCard = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.classList.contains('card');

/** The list by keys. Answers the listener for the page's own element; keys pressed while nothing has the focus count as well. */
export function useKeys(acts: Record<Act, () => void>): (event: KeyboardEvent) => void {
	function press(event: KeyboardEvent): void {
		if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
		// Enter opens a card, and presses whatever button of it has the focus.
		const act = event.key === 'Enter' ? (isCard(event.target) ? 'open' : undefined) : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
		if (!act) return;
		event.preventDefault();
		acts[act]();
	}
	const anywhere = (event: KeyboardEvent): void => {
		if (event.target === document.body) press(event);
	};
	onMounted(() => document.addEventListener('keydown', anywhere));
	onUnmounted(() => document.removeEventListener('keydown', anywhere));
	return press;
}
