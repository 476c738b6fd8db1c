import { describe, expect, it } from 'vitest';
import { renderMessage, withFooter } from './render.ts';
import { templateFaults } from './template-faults.ts';
import type { Values } from './variables.ts';

const ana: Values = { 'contact.prenom': 'Ana', 'contact.nom': 'Roux', 'entreprise.nom': 'Atelier <Roux> & fils', 'responsable.prenom': 'Léa' };
const render = (body: string, subject = '', values: Values = ana) => renderMessage({ subject, body }, values);

describe('a message', () => {
	it('takes the values of a person into subject and text', () => {
		expect(render('Bonjour {{ contact.prenom }},\n\nÀ bientôt.', '{{ entreprise.nom }} : suite')).toEqual({
			subject: 'Atelier <Roux> & fils : suite',
			text: 'Bonjour Ana,\n\nÀ bientôt.',
			html: '<p>Bonjour Ana,</p>\n<p>À bientôt.</p>',
			missing: [],
			faults: [],
		});
	});
	it('escapes values in HTML, written as such or made of plain text', () => {
		expect(render('Chez {{ entreprise.nom }}').html).toBe('<p>Chez Atelier &lt;Roux&gt; &amp; fils</p>');
		const own = render('<p>Chez <b>{{ entreprise.nom }}</b></p>');
		expect(own.html).toBe('<p>Chez <b>Atelier &lt;Roux&gt; &amp; fils</b></p>');
		expect(own.text).toBe('Chez Atelier <Roux> & fils');
		expect(render('<p>{{ entreprise.nom | raw }}</p>').html).not.toContain('<Roux>');
	});
	it('keeps a value from starting another header', () => {
		expect(render('x', 'Suite {{ contact.nom }}', { 'contact.nom': 'Roux\r\nBcc: tous@example.com' }).subject).toBe('Suite Roux Bcc: tous@example.com');
	});
	it('names every value that a person lacks, once, and shows where', () => {
		const { missing, text, faults } = render('Bonjour {{ contact.civilite }} {{ contact.prenom }}, {{ contact.fonction }} {{ contact.civilite }}');
		expect(missing).toEqual(['contact.civilite', 'contact.fonction']);
		expect(text).toBe('Bonjour [Madame ou Monsieur ?] Ana, [fonction du contact ?] [Madame ou Monsieur ?]');
		expect(faults).toEqual([]);
	});
	it('lets an author say what to write without a value', () => {
		expect(render('{{ contact.civilite | default: "Bonjour" }}{% if contact.fonction %} {{ contact.fonction }}{% endif %}')).toMatchObject({
			text: 'Bonjour',
			missing: [],
		});
	});
	it('treats blank values as missing', () => expect(render('{{ contact.prenom }}', '', { 'contact.prenom': '  ' }).missing).toEqual(['contact.prenom']));
	it('never reads what was inherited', () => {
		for (const path of ['contact.constructor', 'contact.__proto__', 'contact.toString', 'constructor', 'this'])
			expect(render(`{{ ${path} }}`).faults).toEqual([expect.stringContaining(`« ${path} » n’existe pas`)]);
	});
	it('turns addresses in plain text into links', () => {
		expect(render('Voir https://orchestre.example/a?b=1&c=2.').html).toBe(
			'<p>Voir <a href="https://orchestre.example/a?b=1&amp;c=2">https://orchestre.example/a?b=1&amp;c=2</a>.</p>',
		);
	});
});

describe('a template’s author', () => {
	it.each([
		['{{ contact.prenon }}', 'La variable « contact.prenon » n’existe pas : vouliez-vous dire « contact.prenom » ?'],
		['{{ facture.numero }}', 'La variable « facture.numero » n’existe pas.'],
		['{{ contact }}', 'La variable « contact » n’existe pas'],
		['{% include "x" %}', 'La balise « include » n’est pas permise'],
		['{% render "/etc/passwd" %}', 'La balise « render » n’est pas permise'],
		['{% layout "x" %}', 'La balise « layout » n’est pas permise'],
		['{{ contact.prenom | inconnu }}', 'Le filtre « inconnu » n’existe pas'],
		['{% boucle %}', 'La balise « boucle » n’existe pas'],
		['Bonjour\n{{ contact.prenom', 'n’est pas fermée'],
		['{% if contact.prenom %}oui', 'n’est pas fermée'],
		['x'.repeat(100_001), 'trop long'],
	])('reads what is wrong with %.40s', (text, sentence) => {
		const faults = [...templateFaults(text), ...render(text).faults];
		expect(faults.join(' ')).toContain(sentence);
	});
	it('reads nothing about a text that is right', () => {
		expect(templateFaults('{% if contact.prenom %}{{ contact.prenom | upcase }}{% else %}vous{% endif %} {% assign x = 1 %}{{ x }}')).toEqual([]);
	});
	it.each(['{% for i in (1..100000000) %}x{% endfor %}', '{% for i in (1..9000) %}{% for j in (1..9000) %}{{ i | times: j }}{% endfor %}{% endfor %}'])(
		'is told that %s is too much, at once',
		(text) => {
			const begun = performance.now();
			expect(render(text).faults.join()).toContain('trop de calcul');
			expect(performance.now() - begun).toBeLessThan(3000);
		},
	);
});

it('says below every message who writes and how to stop it', () => {
	const { text, html } = withFooter({ text: 'Bonjour', html: '<p>Bonjour</p>' }, 'Atelier & fils', 'https://x.example/?a&b');
	expect(text).toContain('Ce message vous est adressé par Atelier & fils.\nPour ne plus recevoir nos messages : https://x.example/?a&b');
	expect(html).toContain('Atelier &amp; fils. <a href="https://x.example/?a&amp;b"');
});
