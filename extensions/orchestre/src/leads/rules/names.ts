import { collapse, shorten } from '../../platform/text.ts';

type Named = { first_name?: string | null; last_name?: string | null; company_name?: string | null; email?: string | null; phone?: string | null };

/** The person's own name, null when neither part is known. */
export const personName = (lead: Named): string | null => collapse([lead.first_name, lead.last_name].filter(Boolean).join(' ')) || null;

/** What a lead is called in lists: `Marie Dupont · Acme`, else its e-mail, its phone, or `Lead sans nom`. At most 255 characters. */
export function displayName(lead: Named): string {
	const names = [personName(lead), lead.company_name?.trim()].filter(Boolean);
	return shorten(names.join(' · ') || lead.email || lead.phone || 'Lead sans nom', 255);
}
