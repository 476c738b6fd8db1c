import { describe, expect, it } from 'vitest';
import { nameOf, readLocally, takeIn, textOf, type Interaction } from './understand.ts';

const row = (over: Partial<Interaction> = {}): Interaction => ({
	id: 'i',
	kind: 'email',
	direction: 'inbound',
	content: 'Bonjour,\n\nVotre outil plante tous les jours, c’est inadmissible.',
	summary: null,
	sentiment: null,
	sentiment_source: null,
	summary_source: null,
	understood: null,
	...over,
});
const read = (one: Interaction): Interaction => {
	const text = textOf(one) ?? '';
	return { ...one, ...takeIn(one, nameOf(one, text), readLocally(one, text), 'local') };
};

describe('an exchange', () => {
	it('gets tone and summary with their origin, and a second reading changes nothing', () => {
		const once = read(row());
		expect(once).toMatchObject({
			sentiment: 'negative',
			sentiment_source: 'local',
			summary: 'Votre outil plante tous les jours, c’est inadmissible.',
			summary_source: 'local',
		});
		expect(read(once)).toEqual(once);
	});

	it('of which a person wrote the notes keeps them as they are, and takes its tone from them', () => {
		const call = read(row({ kind: 'call', content: null, summary: 'Le client est ravi.' }));
		expect(call).toMatchObject({ summary: 'Le client est ravi.', summary_source: null, sentiment: 'positive' });
	});

	it('keeps what a person chose, changed or emptied, whatever the text becomes', () => {
		const chosen = read(row({ sentiment: 'positive', summary: 'Appelé Paul.' }));
		expect(chosen).toMatchObject({ sentiment: 'positive', sentiment_source: null, summary: 'Appelé Paul.', summary_source: null });
		const once = read(row());
		const changed = read({ ...once, sentiment: null, summary: 'Vu.', content: 'Parfait, merci beaucoup !' });
		expect(changed).toMatchObject({ sentiment: null, sentiment_source: null, summary: 'Vu.', summary_source: null });
		expect(read({ ...changed, content: 'Encore un bug.' })).toMatchObject({ sentiment: null, summary: 'Vu.' });
	});

	it('follows its text as long as nobody took over', () => {
		expect(read({ ...read(row()), content: 'Parfait, merci beaucoup !' })).toMatchObject({ sentiment: 'positive', summary: 'Parfait, merci beaucoup !' });
	});

	it('that we wrote has a summary and no tone: our words say nothing of how the other side feels', () => {
		expect(read(row({ direction: 'outbound', content: 'Ravi de notre échange, merci beaucoup !' }))).toMatchObject({
			sentiment: null,
			sentiment_source: null,
			summary_source: 'local',
		});
	});
});
