/** Shapes that the rules of this room share. Rules are pure: dates come in as arguments, nothing here knows Directus. */

export type Enriched = 'companies' | 'leads' | 'people';
export type Source = 'register' | 'hunter';

/** Where one field's value came from: what was written, when (ISO), and what the source says of it. */
export type Provenance = { source: Source; value: string | number; at: string; detail?: string };

/** A company of the register that might be meant: a person decides. */
export type Choice = { siren: string; name: string; place: string | null; activity: string | null; similarity: number };

export type Outcome = 'found' | 'none' | 'ambiguous' | 'closed' | 'refused';

/** The `enrichment` column: provenance by field, and what the last search came to. */
export type Enrichment = { fields: Record<string, Provenance>; outcome: Outcome; note: string; choices: Choice[]; at: string };

export type Values = Record<string, string | number>;
