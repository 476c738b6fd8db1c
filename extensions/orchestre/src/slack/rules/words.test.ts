import { describe, expect, it } from 'vitest';
import { messageText, topicText } from './words.ts';

describe('a message for Slack', () => {
	const link = 'https://crm.example/admin/content/companies/1';

	it('is at most what Slack takes once it is escaped, its link whole, no escape cut', () => {
		const sent = messageText('&'.repeat(3000), link);
		expect(sent.length).toBeLessThanOrEqual(3000);
		expect(sent).toMatch(/^(&amp;){580,}…\n<https:\/\/crm\.example\/admin\/content\/companies\/1\|Ouvrir dans Orchestre>$/);
		expect(messageText('<'.repeat(3000), null).length).toBeLessThanOrEqual(3000);
		expect(messageText('😀'.repeat(3000), null)).toMatch(/^(😀)+…$/u);
	});

	it('keeps a text that fits as it is, without effect in Slack', () => {
		expect(messageText('a'.repeat(2000), null)).toBe('a'.repeat(2000));
		expect(messageText(' <!channel> R&D ', null)).toBe('&lt;!channel&gt; R&amp;D');
	});

	it('has a topic that Slack takes', () => {
		expect(topicText('&'.repeat(250)).length).toBeLessThanOrEqual(250);
		expect(topicText('Projet R&D')).toBe('Projet R&amp;D');
	});
});
