import { escapeHtml } from './rules/html.ts';

/** Pages for whoever follows the link of a message: no account, no script, nothing about them. */
const page = (title: string, body: string): string => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f3f4f6;color:#1f2937;font:17px/1.55 system-ui,sans-serif}
main{max-width:30rem;margin:1rem;padding:2rem 2.25rem;background:#fff;border-radius:12px;box-shadow:0 1px 4px rgb(0 0 0/.12)}
h1{margin:0 0 .75rem;font-size:1.4rem;line-height:1.3}
p{margin:.75rem 0}
button{margin-top:.75rem;padding:.75rem 1.25rem;border:0;border-radius:8px;background:#1d4ed8;color:#fff;font:inherit;font-weight:600;cursor:pointer}
button:focus-visible{outline:3px solid #93c5fd;outline-offset:2px}
small{color:#4b5563}
</style>
</head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main></body>
</html>
`;

export const askPage = (house: string): string =>
	page(
		'Ne plus recevoir nos messages ?',
		`<p>En confirmant, vous ne recevrez plus d’e-mails de prospection de ${escapeHtml(house)}.</p>
<form method="post"><button type="submit">Ne plus recevoir ces messages</button></form>
<p><small>Les messages liés à un contrat en cours, comme les factures, ne sont pas concernés.</small></p>`,
	);

export const donePage = (house: string): string =>
	page('C’est noté', `<p>Vous ne recevrez plus d’e-mails de prospection de ${escapeHtml(house)}.</p><p>Vous pouvez fermer cette page.</p>`);

export const wrongPage = (): string =>
	page(
		'Ce lien n’est pas valable',
		'<p>Il a peut-être été coupé par votre messagerie. Copiez-le en entier, ou répondez « STOP » au message reçu : nous en tiendrons compte.</p>',
	);

export const busyPage = (): string => page('Trop de demandes', '<p>Réessayez dans une minute.</p>');
