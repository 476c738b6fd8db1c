import { expect, it } from 'vitest';
import { jobTitles } from './catalogue.ts';

it('kinds are named room.work, and titles are for people', () => {
	for (const [kind, title] of Object.entries(jobTitles)) {
		expect(kind).toMatch(/^[a-z]+\.[a-z_]+$/);
		expect(title).toMatch(/^\p{Lu}.{5,}$/u);
	}
});
