/**
 * Lets the dashboard that this panel stands on take the window's width (the rules are in panel-frame.vue): notes on Directus's workspace how
 * many columns its panels take. Leans on the class and the variables of Directus's tiles; without them the dashboard stays as Directus draws it.
 */
export function spread(panel: HTMLElement | null): void {
	const workspace = panel?.closest<HTMLElement>('.workspace');
	if (!workspace) return;
	const ends = [...workspace.querySelectorAll<HTMLElement>(':scope > .v-workspace-tile')].map(({ style }) => {
		const number = (name: string): number => Number(style.getPropertyValue(name)) || 0;
		return number('--pos-x') + number('--width') - 1;
	});
	workspace.style.setProperty('--orchestre-columns', String(Math.max(1, ...ends)));
	workspace.classList.add('orchestre-spread');
}
