/** What duplicates are looked for in. */
export const kinds = ['companies', 'people', 'leads'] as const;
export type Kind = (typeof kinds)[number];

/** Columns that the facts are made of, in rows or in what somebody types. */
export const columns = {
	companies: ['name', 'legal_name', 'siren', 'siret', 'vat_number', 'email', 'phone', 'website', 'linkedin', 'postal_code', 'city', 'street', 'parent'],
	people: ['first_name', 'last_name', 'email', 'phone', 'mobile', 'linkedin', 'company', 'postal_code', 'city', 'user'],
	leads: ['first_name', 'last_name', 'email', 'phone', 'linkedin', 'company', 'company_name', 'siren', 'website', 'city', 'status', 'display_name'],
} as const satisfies Record<Kind, readonly string[]>;
