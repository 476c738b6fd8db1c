import { expect, it } from 'vitest';
import { roleIds } from '../../../../../seeds/ids.ts';
import { leadRoles, mayOwnLeads } from './owners.ts';
import { readYaml } from './test-leads.ts';

const person = { status: 'active', role: roleIds.commercial, takesLeads: false };

it('whoever works on leads may own one, and whoever takes leads, as long as the account is active', () => {
	for (const role of ['administrator', 'direction', 'manager', 'commercial'] as const) expect(mayOwnLeads({ ...person, role: roleIds[role] })).toBe(true);
	for (const role of ['finance', 'success', 'operations', 'reseller', 'api'] as const) expect(mayOwnLeads({ ...person, role: roleIds[role] })).toBe(false);
	expect(mayOwnLeads({ ...person, role: null })).toBe(false);
	expect(mayOwnLeads({ ...person, role: roleIds.success, takesLeads: true })).toBe(true);
	for (const status of ['suspended', 'archived', 'invited', 'draft']) expect(mayOwnLeads({ ...person, status, takesLeads: true })).toBe(false);
});

it('the form offers whom the rule accepts', () => {
	const { fields } = readYaml('schema-snapshots/leads.yaml') as { fields: { field: string; meta?: { options: unknown } }[] };
	expect(fields.find(({ field }) => field === 'owner')?.meta?.options).toEqual({
		filter: { _and: [{ status: { _eq: 'active' } }, { _or: [{ takes_leads: { _eq: true } }, { role: { _in: leadRoles } }] }] },
	});
});
