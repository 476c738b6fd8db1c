import type { Message } from '../../../types.ts';

/** A VAT category of EN 16931 and what the norm asks of it. */
export type Category = {
	code: string;
	/** How its rules are named: `BR-IC-05` is about code K. */
	prefix: string;
	name: Message;
	/** `positive`: above zero; `any`: zero or above; `none`: no rate at all. */
	rate: 'positive' | 'any' | 'zero' | 'none';
	/** Whether one rate of it may have a share of its own. */
	perRate: boolean;
	/** Why no VAT is charged has to be said, or must not be. */
	reason: 'needed' | 'forbidden';
	seller: 'any number' | 'VAT number' | 'no VAT number';
	buyer: 'nothing' | 'VAT or legal number' | 'VAT number' | 'no VAT number';
};

const charged = { perRate: true, reason: 'forbidden', seller: 'any number', buyer: 'nothing' } as const;
const free = { rate: 'zero', perRate: false, reason: 'needed' } as const;

export const categories: Category[] = [
	{ code: 'S', prefix: 'S', name: { fr: 'taux normal ou réduit (S)', en: 'standard or reduced rate (S)' }, rate: 'positive', ...charged },
	{
		code: 'Z',
		prefix: 'Z',
		name: { fr: 'taux zéro (Z)', en: 'zero rated (Z)' },
		rate: 'zero',
		perRate: false,
		reason: 'forbidden',
		seller: 'any number',
		buyer: 'nothing',
	},
	{ code: 'E', prefix: 'E', name: { fr: 'exonérée (E)', en: 'exempt (E)' }, ...free, seller: 'any number', buyer: 'nothing' },
	{ code: 'AE', prefix: 'AE', name: { fr: 'autoliquidation (AE)', en: 'reverse charge (AE)' }, ...free, seller: 'any number', buyer: 'VAT or legal number' },
	{
		code: 'K',
		prefix: 'IC',
		name: { fr: 'livraison intracommunautaire (K)', en: 'intra-community supply (K)' },
		...free,
		seller: 'VAT number',
		buyer: 'VAT number',
	},
	{
		code: 'G',
		prefix: 'G',
		name: { fr: 'exportation hors de l’Union (G)', en: 'export outside the Union (G)' },
		...free,
		seller: 'VAT number',
		buyer: 'nothing',
	},
	{
		code: 'O',
		prefix: 'O',
		name: { fr: 'hors du champ de la TVA (O)', en: 'outside the scope of VAT (O)' },
		rate: 'none',
		perRate: false,
		reason: 'needed',
		seller: 'no VAT number',
		buyer: 'no VAT number',
	},
	{ code: 'L', prefix: 'AF', name: { fr: 'IGIC des Canaries (L)', en: 'IGIC of the Canaries (L)' }, rate: 'any', ...charged },
	{ code: 'M', prefix: 'AG', name: { fr: 'IPSI de Ceuta et Melilla (M)', en: 'IPSI of Ceuta and Melilla (M)' }, rate: 'any', ...charged },
];

/** Older drafts of the norm wrote IC, IG and IP. */
const older: Record<string, string> = { IC: 'K', IG: 'L', IP: 'M' };

export const categoryOf = (code: string | null): string | null => (code === null ? null : (older[code] ?? code));
