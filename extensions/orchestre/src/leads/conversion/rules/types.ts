import type { dateFields } from '../../fields.ts';
import type { Lead } from '../../rules/types.ts';

type Measured = (typeof dateFields)[number] | 'pages_viewed' | 'emails_opened' | 'emails_clicked' | 'content_downloads' | 'date_created';

/** A lead as the conversion reads it: who, what for and where from, without the interest that was measured. Money in cents. */
export type LeadFacts = Omit<Lead, Measured> & { consent_at: Date | null; consent_proof: string | null; owner: string | null; team: string | null };

/** Values of a row, by column; what the lead does not know is left out. */
export type Values = Record<string, unknown>;
