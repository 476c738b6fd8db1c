import { describe, expect, it } from 'vitest';
import { bodyOf } from './body.ts';
import { masked } from './masked.ts';
import { sentencesOf, summaryOf } from './summary.ts';

const letter = `Bonjour Madame Martin,

J’espère que vous allez bien. Suite à notre échange de mardi, nous avons présenté votre offre à la direction. Le comité a validé le budget de 45 000 € pour 2027.
Il reste cependant un point bloquant : notre service juridique refuse la clause de résiliation de l’article 8. Nous en avons parlé avec M. Durand, qui partage cet avis.
Pouvez-vous nous envoyer une version corrigée du contrat avant le 15 décembre ? Nos équipes ont par ailleurs beaucoup aimé la démonstration.
Dans l’attente de votre retour, je reste à votre disposition.

Bien cordialement,
Paul Roux
Directeur des achats
06 12 34 56 78

Le mar. 3 nov. 2026 à 10:12, Anna Martin <anna@example.com> a écrit :
> Bonjour Paul, veuillez trouver notre offre inacceptable ci-jointe.
> Anna`;

describe('the body of a message', () => {
	it('is what its writer says this time: no greeting, signature, nor what is quoted below', () => {
		const body = bodyOf(letter);
		expect(body).toMatch(/^J’espère/);
		expect(body).toMatch(/à votre disposition\.$/);
		expect(body).not.toMatch(/Martin|Roux|06 12|inacceptable/);
	});

	it.each([
		['Bonjour, pouvez-vous me rappeler ?', 'pouvez-vous me rappeler ?'],
		['Bonjour Anna, le bug est revenu.\nCdlt\nPaul', 'le bug est revenu.'],
		['Merci.\n\n-----Message d’origine-----\nDe : Anna\nTexte ancien', 'Merci.'],
		['Oui.\n\nDe : Anna <a@example.com>\nEnvoyé : lundi\nÀ : Paul\nObjet : x\n\nTexte ancien', 'Oui.'],
		['Thanks, that works.\n\nBest regards,\nJohn', 'Thanks, that works.'],
		['Ok\r\n\r\nEnvoyé de mon iPhone', 'Ok'],
		// A note is left alone though it begins or ends with a polite word.
		['Cordialement reçu par la directrice.', 'Cordialement reçu par la directrice.'],
		['Bonjour', 'Bonjour'],
		// A greeting goes as far as it goes; the rest of its line is the message.
		['Bonjour, nous résilions notre contrat\nMerci de votre compréhension', 'nous résilions notre contrat\nMerci de votre compréhension'],
		['Bonjour nous résilions\nMerci', 'nous résilions\nMerci'],
		['BONJOUR NOUS RÉSILIONS\nMerci', 'NOUS RÉSILIONS\nMerci'],
		['Hi there, the product is broken\nthanks', 'the product is broken\nthanks'],
		['Good morning John, it broke\nthanks', 'it broke\nthanks'],
		['Monsieur le directeur nous a confirmé la résiliation\nÀ suivre', 'Monsieur le directeur nous a confirmé la résiliation\nÀ suivre'],
		['Monsieur Roux, directeur, refuse\nÀ suivre', 'Monsieur Roux, directeur, refuse\nÀ suivre'],
		['Madame, Monsieur, nous partons\nMerci', 'nous partons\nMerci'],
		['Monsieur le directeur,\nNous partons', 'Nous partons'],
		['Bonjour Madame DUPONT,\nNous partons', 'Nous partons'],
		['bonjour anna,\nnous partons', 'nous partons'],
		['Bonjour à tous !\nNous partons', 'Nous partons'],
		['Salut Paul ! Ça ne marche plus', 'Ça ne marche plus'],
		['Cher Paul, ça ne marche plus', 'ça ne marche plus'],
		['Cher, beaucoup trop cher', 'Cher, beaucoup trop cher'],
		// A closing formula is a line of its own, or the end.
		[
			'Cordialement parlant, tout va bien.\nMais\nSincèrement, nous partons chez un concurrent',
			'Cordialement parlant, tout va bien.\nMais\nSincèrement, nous partons chez un concurrent',
		],
		['Le devis est faux.\nCordialement parlant, tout va bien.\nNous partons', 'Le devis est faux.\nCordialement parlant, tout va bien.\nNous partons'],
		['Nous partons. Bien cordialement, Paul Roux', 'Nous partons.'],
		['Nous partons, cordialement', 'Nous partons,'],
		['Nous partons.\nCordialement, Paul Roux\nDirecteur\nPS : le devis est faux', 'Nous partons.\nPS : le devis est faux'],
		['Nous partons.\nVeuillez agréer, Madame, mes salutations distinguées.\nPaul', 'Nous partons.'],
		['Bonsoir,\nVeuillez agréer nos excuses pour le retard.', 'Veuillez agréer nos excuses pour le retard.'],
		['Vu.\nEnvoyé depuis mon compte hier, toujours sans la moindre réponse', 'Vu.\nEnvoyé depuis mon compte hier, toujours sans la moindre réponse'],
		// The head of a quoted message may be two lines; a client who wrote is no head.
		['Oui.\nLe mar. 3 nov. 2026 à 10:12, Anna Martin\n<anna@example.com> a écrit :\nVieux texte', 'Oui.'],
		['Yes.\nOn Tue, Nov 3, 2026 Anna\n<anna@example.com> wrote:\nOld', 'Yes.'],
		['Le client nous a écrit :\nNous partons', 'Le client nous a écrit :\nNous partons'],
		['Le 3 mai, tout allait.\nPaul a écrit :\nNous partons', 'Le 3 mai, tout allait.\nPaul a écrit :\nNous partons'],
		['', ''],
	])('of %j is %j', (text, body) => expect(bodyOf(text)).toBe(body));
});

describe('a summary', () => {
	it('is the most telling sentences, in their own words and order, what is left out marked', () => {
		const summary = summaryOf(letter);
		expect(summary.length).toBeLessThanOrEqual(280);
		expect(summary).toContain('Le comité a validé le budget de 45 000 € pour 2027.');
		expect(summary).toContain('Pouvez-vous nous envoyer une version corrigée du contrat avant le 15 décembre ?');
		expect(summary).not.toMatch(/J’espère|Dans l’attente/);
		expect(summary).toContain('[…]');
		const sentences = sentencesOf(bodyOf(letter));
		for (const part of summary.split(/\s*\[…\]\s*/)) expect(sentences.join(' ')).toContain(part);
		expect(summaryOf(letter)).toBe(summary);
	});

	it('of a short text is the text, and of one endless sentence its beginning', () => {
		expect(summaryOf('Bonjour,\n\nLe bug est\nrevenu.\n\nCordialement,\nPaul')).toBe('Le bug est revenu.');
		const endless = summaryOf('mot '.repeat(5000));
		expect(endless.length).toBeLessThanOrEqual(280);
		expect(endless).toMatch(/…$/);
		expect(summaryOf('')).toBe('');
	});

	it('keeps « M. Durand » and the lines of a list whole', () => {
		expect(sentencesOf('Vu avec M. Durand. Il valide.\n- premier point\n2) second point')).toEqual([
			'Vu avec M. Durand.',
			'Il valide.',
			'premier point',
			'second point',
		]);
	});
});

describe('what leaves the company', () => {
	it('holds no address, telephone number, IBAN or long number, but keeps sums and dates', () => {
		const text =
			'Écrivez à jean.dupont@exemple.fr ou au 06 12 34 56 78 (+33 6 12 34 56 78), IBAN FR76 3000 6000 0112 3456 7890 189, carte 4970 1012 3456 7890, voir https://x.example/a?b=c. Budget 45 000 € le 15/12/2026.';
		expect(masked(text)).toBe('Écrivez à [e-mail] ou au [téléphone] ([téléphone]), IBAN [IBAN], carte [numéro], voir [lien] Budget 45 000 € le 15/12/2026.');
	});

	it.each([
		['fr76 3000 6000 0112 3456 7890 189 pour le virement', '[IBAN] pour le virement'],
		['Fr7630006000011234567890189', '[IBAN]'],
		['gb29 nwbk 6016 1331 9268 19', '[IBAN]'],
		['FR76\u00a03000\u00a06000\u00a00112\u00a03456\u00a07890\u00a0189', '[IBAN]'],
		['06\u00a012\u00a034\u00a056\u00a078', '[téléphone]'],
		['jean (at) exemple.fr, merci', '[e-mail], merci'],
		['jean.dupont[AT]exemple (point) fr', '[e-mail]'],
		['Vu jean@exemple.fr.', 'Vu [e-mail].'],
		['Point (at) et c’est tout.', 'Point (at) et c’est tout.'],
		['en mars 2026 avec deux cents euros', 'en mars 2026 avec deux cents euros'],
	])('of %j is %j', (text, left) => expect(masked(text)).toBe(left));

	it('is found in a text without end in little time', () => {
		const begun = performance.now();
		for (const text of ['a'.repeat(100_000), 'a.'.repeat(50_000), `a@${'a'.repeat(100_000)}`, 'a@a-'.repeat(25_000), 'a (at) '.repeat(15_000)]) masked(text);
		expect(performance.now() - begun).toBeLessThan(1000);
	});
});
