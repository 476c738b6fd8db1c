import { emailDomain } from '../../platform/input/email.ts';

/** What an e-mail address tells about its owner. */
export type EmailKind = 'professional' | 'personal' | 'disposable' | 'none';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** Mailbox providers of private people, France first. */
const personal = words(`
	gmail.com googlemail.com orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr numericable.com noos.fr club-internet.fr
	aliceadsl.fr cegetel.net 9online.fr 9business.fr dbmail.com libertysurf.fr nordnet.fr voila.fr caramail.com online.fr aol.com aol.fr
	hotmail.com hotmail.fr hotmail.be hotmail.ch hotmail.de hotmail.es hotmail.it hotmail.co.uk outlook.com outlook.fr outlook.be live.com live.fr live.be msn.com
	yahoo.com yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.co.uk ymail.com rocketmail.com icloud.com me.com mac.com
	proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.io mailo.com mail.com gmx.com gmx.fr gmx.de gmx.net gmx.ch web.de t-online.de freenet.de
	skynet.be telenet.be bluewin.ch libero.it virgilio.it alice.it hey.com zoho.com yandex.com yandex.ru mail.ru qq.com 163.com fastmail.com
`);

/** Providers of throw-away addresses. */
const disposable = words(`
	yopmail.com yopmail.fr yopmail.net jetable.org jetable.net cool.fr.nf courriel.fr.nf moncourrier.fr.nf monemail.fr.nf mailinator.com mailinator.net
	guerrillamail.com guerrillamail.net guerrillamail.org guerrillamailblock.com sharklasers.com grr.la 10minutemail.com 10minutemail.net tempmail.com temp-mail.org
	temp-mail.io tempmail.net tempail.com throwawaymail.com trashmail.com trashmail.net trash-mail.com getnada.com nada.email maildrop.cc dispostable.com
	fakeinbox.com mailnesia.com mohmal.com mytemp.email spamgourmet.com emailondeck.com mintemail.com discard.email mailcatch.com moakt.com inboxkitten.com
	spam4.me burnermail.io tempinbox.com tmpmail.org minuteinbox.com mail-temporaire.fr mail-temp.com
`);

/** Whether an address is a company's, a private person's or made to be thrown away (sub-domains included). */
export function emailKind(email: string | null | undefined): EmailKind {
	const domain = emailDomain(email);
	if (!domain) return 'none';
	if (personal.has(domain)) return 'personal';
	for (let rest = domain; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) if (disposable.has(rest)) return 'disposable';
	return 'professional';
}
