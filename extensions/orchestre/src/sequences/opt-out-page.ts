import { escapeHtml } from '../platform/html.ts';
import { publicPage } from '../platform/public-page.ts';

export const askPage = (house: string): string =>
	publicPage(
		'Ne plus recevoir nos messages ?',
		`<p>En confirmant, vous ne recevrez plus d’e-mails de prospection de ${escapeHtml(house)}.</p>
<form method="post"><button type="submit">Ne plus recevoir ces messages</button></form>
<p><small>Les messages liés à un contrat en cours, comme les factures, ne sont pas concernés.</small></p>`,
	);

export const donePage = (house: string): string =>
	publicPage('C’est noté', `<p>Vous ne recevrez plus d’e-mails de prospection de ${escapeHtml(house)}.</p><p>Vous pouvez fermer cette page.</p>`);

export const wrongPage = (): string =>
	publicPage(
		'Ce lien n’est pas valable',
		'<p>Il a peut-être été coupé par votre messagerie. Copiez-le en entier, ou répondez « STOP » au message reçu : nous en tiendrons compte.</p>',
	);

export const busyPage = (): string => publicPage('Trop de demandes', '<p>Réessayez dans une minute.</p>');
