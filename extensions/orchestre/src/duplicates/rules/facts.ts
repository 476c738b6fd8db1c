import { emailDomain } from '../../platform/input/email.ts';
import { companyKey, nameKey } from '../../platform/input/name-keys.ts';
import { phoneKind } from '../../platform/input/phone.ts';
import { fold } from '../../platform/text.ts';
import { emailKind } from '../../leads/rules/email.ts';

type Text = string | null | undefined;

/** An e-mail and what it can tell: `personal` when one person reads it, `domain` when it is a company's. */
export type Mail = { address: string; local: string; personal: boolean; domain: string | null };

export type PersonFacts = {
	id: string;
	label: string;
	/** Keys of the names: lower case, no accents, words by blanks. */
	first: string | null;
	last: string | null;
	mail: Mail | null;
	mobiles: readonly string[];
	lines: readonly string[];
	linkedin: string | null;
	/** The company by id, name key and SIREN, as far as it is known. */
	company: string | null;
	companyKey: string | null;
	siren: string | null;
	place: string | null;
	/** The account that the person logs in with. */
	user: string | null;
	/** A lead that is converted or lost. */
	closed: boolean;
};

export type CompanyFacts = {
	id: string;
	label: string;
	/** Keys of everyday and registered name, without words that any company may have. */
	names: readonly string[];
	siren: string | null;
	siret: string | null;
	vat: string | null;
	mail: Mail | null;
	phones: readonly string[];
	/** Registrable domain of website or e-mail, unless it is a provider's. */
	domain: string | null;
	linkedin: string | null;
	postal: string | null;
	city: string | null;
	street: string | null;
	parent: string | null;
};

/** Second levels that are a register's own: `ville-lyon.gouv.fr`, `acme.co.uk`. */
const registers = new Set('co com org net gov gouv edu ac asso nom tm presse prd cci notaires avocat medecin'.split(' '));
/** Sites that many companies have a page on; such an address says nothing about whose it is. */
const hosts = new Set(
	'facebook.com instagram.com linkedin.com twitter.com x.com youtube.com pagesjaunes.fr google.com google.fr wixsite.com wordpress.com blogspot.com business.site shopify.com myshopify.com github.io free.fr orange.fr wanadoo.fr'.split(
		' ',
	),
);

/** `shop.dupont.fr` → `dupont.fr`, `www.acme.co.uk` → `acme.co.uk`; null for addresses of providers and for what is no domain. */
export function registrable(host: Text): string | null {
	const labels = (host ?? '').toLowerCase().split('.').filter(Boolean);
	if (labels.length < 2 || labels.every((label) => /^\d+$/.test(label))) return null;
	const [second = '', last = ''] = labels.slice(-2);
	const domain = labels.slice(last.length === 2 && registers.has(second) ? -3 : -2).join('.');
	return hosts.has(domain) || emailKind(`a@${domain}`) !== 'professional' ? null : domain;
}

const shared = new Set(
	'contact info infos accueil bonjour hello commercial compta comptabilite facturation facture factures direction secretariat admin office sales support service sav rh recrutement achats devis mairie noreply no-reply'.split(
		' ',
	),
);

export function mailOf(email: Text): Mail | null {
	const address = email?.trim().toLowerCase();
	const host = emailDomain(address);
	if (!address || !host) return null;
	const domain = registrable(host);
	// What follows a plus sign is the reader's own sorting; Gmail reads no dots either.
	const plain = address.slice(0, address.lastIndexOf('@')).split('+')[0] ?? '';
	const local = /^g(oogle)?mail\.com$/.test(host) ? plain.replaceAll('.', '') : plain;
	return { address: `${local}@${host}`, local, personal: !shared.has(local), domain };
}

function splitPhones(numbers: readonly Text[]): { mobiles: string[]; lines: string[] } {
	const known = [...new Set(numbers.flatMap((number) => number || []))];
	return { mobiles: known.filter((number) => phoneKind(number) === 'mobile'), lines: known.filter((number) => phoneKind(number) !== 'mobile') };
}

/** Words that say nothing about which company it is. */
const fillers = new Set(
	'societe ste ets etablissement etablissements entreprise entreprises compagnie cie maison la le les l de du des d et au aux a'.split(' '),
);

/** A company's name without legal form and filling words; the plain key where nothing else is left. */
export function bareCompany(name: Text): string | null {
	const key = companyKey(name);
	const kept = key?.split(' ').filter((word) => !fillers.has(word)) ?? [];
	return kept.length > 0 ? kept.join(' ') : key;
}

const plain = (text: Text): string | null =>
	text
		? fold(text)
				.replaceAll(/[^a-z0-9]+/g, ' ')
				.trim() || null
		: null;
const linkOf = (link: Text): string | null =>
	link
		?.toLowerCase()
		.replace(/^https?:\/\/(?:[a-z]{2,3}\.)?/, '')
		.replace(/[/?#]+$/, '') || null;
const hostOf = (website: Text): string | null => (website ? (URL.parse(/^https?:/i.test(website) ? website : `https://${website}`)?.hostname ?? null) : null);

export type Row = Record<string, string | null | undefined>;

export function companyFacts(row: Row): CompanyFacts {
	const mail = mailOf(row['email']);
	const names = [...new Set([bareCompany(row['name']), bareCompany(row['legal_name'])].flatMap((name) => name ?? []))];
	return {
		id: row['id'] ?? '',
		label: row['name'] ?? '',
		names,
		siren: row['siren'] ?? row['siret']?.slice(0, 9) ?? null,
		siret: row['siret'] ?? null,
		vat: row['vat_number'] ?? null,
		mail,
		phones: row['phone'] ? [row['phone']] : [],
		domain: registrable(hostOf(row['website'])) ?? mail?.domain ?? null,
		linkedin: linkOf(row['linkedin']),
		postal: plain(row['postal_code']),
		city: plain(row['city']),
		street: plain(row['street']),
		parent: row['parent'] ?? null,
	};
}

export function personFacts(row: Row): PersonFacts {
	return {
		id: row['id'] ?? '',
		label: row['display_name'] ?? [row['first_name'], row['last_name']].filter(Boolean).join(' '),
		first: nameKey(row['first_name']),
		last: nameKey(row['last_name']),
		mail: mailOf(row['email']),
		...splitPhones([row['phone'], row['mobile']]),
		linkedin: linkOf(row['linkedin']),
		company: row['company'] ?? null,
		companyKey: bareCompany(row['company_name']),
		siren: row['siren'] ?? null,
		place: plain(row['postal_code']) ?? plain(row['city']),
		user: row['user'] ?? null,
		closed: ['converted', 'lost'].includes(row['status'] ?? ''),
	};
}

/** A lead about a company alone, of which nobody's name is known, is compared as a company. */
export const companyOfLead = (row: Row): CompanyFacts => companyFacts({ ...row, name: row['company_name'] });
