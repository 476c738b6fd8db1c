import { escapeHtml } from '../platform/html.ts';
import { publicPage } from '../platform/public-page.ts';

/** From the best to the worst, as the client reads them. */
const scores: readonly (readonly [number, string])[] = [
	[5, 'Très satisfait'],
	[4, 'Satisfait'],
	[3, 'Ni satisfait ni insatisfait'],
	[2, 'Insatisfait'],
	[1, 'Très insatisfait'],
];

export const mostComment = 2000;

/** `about`: what the question is about. `fault`: what was wrong with the answer that was just sent; what was typed stays. */
export function questionPage({
	house,
	about,
	score = null,
	comment = '',
	fault = null,
}: {
	house: string;
	about: string;
	score?: number | null;
	comment?: string;
	fault?: string | null;
}): string {
	const choices = scores
		.map(
			([value, words]) =>
				`<label class="score"><input type="radio" name="score" value="${value}" required${score === value ? ' checked' : ''}> <b>${value}</b> ${words}</label>`,
		)
		.join('\n');
	return publicPage(
		'Êtes-vous satisfait ?',
		`<p>${escapeHtml(about)}</p>
${fault ? `<p class="wrong" role="alert">${escapeHtml(fault)}</p>` : ''}
<form method="post">
<fieldset><legend>Votre note</legend>
${choices}
</fieldset>
<label for="comment">Un commentaire ? <small>(facultatif)</small></label>
<textarea id="comment" name="comment" maxlength="${mostComment}">${escapeHtml(comment)}</textarea>
<button type="submit">Envoyer ma réponse</button>
</form>
<p><small>Votre réponse est lue par l’équipe de ${escapeHtml(house)} qui vous accompagne, et par elle seule. On ne répond qu’une fois.</small></p>`,
	);
}

export const thanksPage = (house: string): string =>
	publicPage('Merci de votre réponse', `<p>L’équipe de ${escapeHtml(house)} la lira et en tiendra compte.</p><p>Vous pouvez fermer cette page.</p>`);
export const answeredPage = (): string => publicPage('Vous avez déjà répondu', '<p>Votre réponse a bien été reçue : il n’y a plus rien à faire.</p>');
export const expiredPage = (): string =>
	publicPage(
		'Ce lien n’est plus valable',
		'<p>Le délai pour répondre est passé. Si vous souhaitez tout de même nous dire quelque chose, répondez au message reçu.</p>',
	);
export const unknownPage = (): string =>
	publicPage('Ce lien n’est pas valable', '<p>Il a peut-être été coupé par votre messagerie. Copiez-le en entier, ou répondez simplement au message reçu.</p>');
export const hurriedPage = (): string => publicPage('Trop de demandes', '<p>Réessayez dans une minute.</p>');
