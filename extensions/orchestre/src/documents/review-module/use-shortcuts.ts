/** What the keys of the review do; docs in the texts (`keyList`). */
export type Shortcuts = {
	confirm: () => void;
	back: () => void;
	accept: () => void;
	leave: () => void;
	take: (alternative: number) => void;
	skip: () => void;
	reject: () => void;
	pass: () => void;
	changeClass: () => void;
	zoom: (by: -1 | 0 | 1) => void;
	help: () => void;
};

const isWriting = (target: EventTarget | null): boolean => target instanceof HTMLElement && ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
const isButton = (target: EventTarget | null): boolean => target instanceof HTMLElement && ['BUTTON', 'A'].includes(target.tagName);

/** Inputs of amounts, dates and codes, in which « ? » is nothing but the shortcut. */
const takesNoMarks = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement && target.matches('.money,.date,.days,.code,.currency,.phone,.number');

/** A listener for `keydown`: letters work outside of inputs alone, and what the browser does with other keys is left to it. */
export function shortcutsOf(keys: Shortcuts): (event: KeyboardEvent) => void {
	const letters: Record<string, () => void> = {
		s: keys.skip,
		r: keys.reject,
		t: keys.pass,
		n: keys.changeClass,
		'+': () => keys.zoom(1),
		'=': () => keys.zoom(1),
		'-': () => keys.zoom(-1),
		'0': () => keys.zoom(0),
		'?': keys.help,
	};
	const found = (event: KeyboardEvent): (() => void) | undefined => {
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return keys.accept;
		const digit = /^Digit([1-3])$/.exec(event.code)?.[1];
		if (event.altKey && digit) return () => keys.take(Number(digit) - 1);
		if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
		const isMultiline = event.target instanceof HTMLTextAreaElement && event.shiftKey;
		if (event.key === 'Enter' && isWriting(event.target) && !isMultiline) return event.shiftKey ? keys.back : keys.confirm;
		if (event.key === 'Escape' && isWriting(event.target)) return keys.leave;
		if (event.key === '?' && takesNoMarks(event.target)) return keys.help;
		if (isWriting(event.target) || (event.key === 'Enter' && isButton(event.target))) return undefined;
		return letters[event.key.toLowerCase()];
	};
	return (event) => {
		const act = found(event);
		if (!act) return;
		event.preventDefault();
		event.stopPropagation();
		act();
	};
}
