import { systemFieldRows } from '@directus/system-data';
import { describe, expect, test } from 'vitest';
import { targetOf } from '../scripts/schema/expand.ts';
import { readSchemaFiles } from '../scripts/schema/files.ts';
import { readSeeds } from '../scripts/seed/format.ts';
import type { JsonObject } from '../scripts/schema/snapshot.ts';
import { policyIds, roleKeys } from './ids.ts';
import type { PolicyKey } from './ids.ts';
import { buttons } from './rights/buttons.ts';
import type { Permission } from './rights/compile.ts';
import { compileRights } from './rights/compile.ts';
import { rights } from './rights/index.ts';
import { computedFields, sensitiveFields } from './rights/protected.ts';
import { none, staffRoles } from './rights/words.ts';
import { permissionRows } from './roles.ts';

const files = readSchemaFiles();
const tables = files.filter(({ folder, system }) => !folder && !system);
const permissions = permissionRows(files);
const of = (policy: PolicyKey, collection: string, action: string): Permission | undefined =>
	permissions.find((row) => row.policy === policyIds[policy] && row.collection === collection && row.action === action);
const sees = (policy: PolicyKey, collection: string, field: string): boolean => {
	const fields = of(policy, collection, 'read')?.fields;
	return fields ? fields.includes('*') || fields.includes(field) : false;
};

const isStaff = (policy: PolicyKey): boolean => staffRoles.some((role) => role === policy);

const fieldsOf = (collection: string): Set<string> =>
	new Set([
		...(files.find((file) => file.collection === collection)?.fields.map(({ field }) => field) ?? []),
		...systemFieldRows.filter((row) => row.collection === collection).map(({ field }) => field),
	]);

const keyOf = (policy: string): PolicyKey => (Object.keys(policyIds) as PolicyKey[]).find((key) => policyIds[key] === policy) ?? 'self';

/** True when each step of the path but the last is a relation to one row, and the last is a field. */
function leadsToOne(collection: string, [first = '', ...rest]: string[]): boolean {
	if (rest.length === 0) return fieldsOf(collection).has(first);
	const entry = files.find((file) => file.collection === collection)?.fields.find(({ field }) => field === first);
	const target = entry && targetOf(entry);
	return target !== undefined && leadsToOne(target, rest);
}

/** Every comparison of a rule as path and condition: `company.owner` `_eq`. */
function comparisons(rule: JsonObject | null, path: string[] = []): { path: string[]; operator: string; value: unknown }[] {
	return Object.entries(rule ?? {}).flatMap(([key, value]) => {
		if (key === '_and' || key === '_or') return (value as JsonObject[]).flatMap((part) => comparisons(part, path));
		if (key.startsWith('_')) return [{ path, operator: key, value }];
		return comparisons(value as JsonObject, [...path, key]);
	});
}

describe('the declaration', () => {
	test.each(tables.map(({ collection }) => collection))('says for %s what each role may do, or that it may do nothing', (collection) => {
		const table = rights[collection];
		expect(Object.keys(table ?? {})).toEqual(expect.arrayContaining(roleKeys.filter((role) => role !== 'administrator')));
	});

	test('names no collection that does not exist', () => {
		const known = new Set([...tables.map(({ collection }) => collection), 'directus_users', 'directus_files', 'directus_folders']);
		expect(Object.keys(rights).filter((collection) => !known.has(collection))).toEqual([]);
	});

	test('protects only fields that exist', () => {
		const missing = Object.keys(sensitiveFields).filter((name) => !fieldsOf(name.split('.')[0] ?? '').has(name.split('.')[1] ?? ''));
		expect(missing).toEqual([]);
	});

	test('leaves the engine room to the administrator', () => {
		for (const collection of ['jobs', 'counters', 'inbound_events', 'integrations', 'source_records']) {
			for (const role of staffRoles) expect(rights[collection]?.[role]).toBe(none);
			expect(permissions.filter((row) => row.collection === collection)).toEqual([]);
		}
	});

	test('gives `self` no conditions on writing: Directus would hold them against the role’s own writing, too', () => {
		expect(permissions.filter((row) => row.policy === policyIds.self && (row.action === 'create' || row.validation))).toEqual([]);
	});
});

describe('compiled permissions', () => {
	test('are there once for each policy, collection and action', () => {
		const keys = permissions.map(({ policy, collection, action }) => `${policy} ${collection} ${action}`);
		expect(new Set(keys).size).toBe(keys.length);
	});

	test('name only fields that exist', () => {
		const unknown = permissions.flatMap(({ collection, fields, presets }) =>
			[...(fields ?? []), ...Object.keys(presets ?? {})]
				.filter((field) => field !== '*' && !fieldsOf(collection).has(field))
				.map((field) => `${collection}.${field}`),
		);
		expect(unknown).toEqual([]);
	});

	test('let nobody write a computed field, and no new field unseen', () => {
		const open = permissions
			.filter(({ action }) => action === 'create' || action === 'update')
			.flatMap(({ collection, fields, presets }) => {
				const file = files.find((candidate) => candidate.collection === collection);
				const computed = file ? computedFields(file) : [];
				const written = [...(fields ?? ['*']), ...Object.keys(presets ?? {})];
				return written.filter((field) => field === '*' || computed.includes(field)).map((field) => `${collection}.${field}`);
			});
		expect(open).toEqual([]);
	});

	test.each([
		'points',
		'fit_points',
		'engagement_points',
		'grade',
		'reasons',
		'scored_at',
		'rules_version',
		'assignment',
		'assigned_at',
		'sla_due_at',
		'display_name',
		'company_key',
		'email_domain',
		'duplicate_of',
		'duplicate_reason',
		'status_since',
		'closed_at',
		'escalation_level',
		'probability',
		'probability_low',
		'probability_high',
		'model_version',
		'converted_at',
		'converted_opportunity',
	])('know %s of a lead as computed', (field) => {
		const leads = files.find(({ collection }) => collection === 'leads');
		expect(leads && computedFields(leads)).toContain(field);
	});

	test('never let anybody change who they are: role, policies, status, token, address, reseller company', () => {
		const written = permissions.filter(({ collection, action }) => collection === 'directus_users' && action !== 'read').flatMap(({ fields }) => fields ?? []);
		for (const field of ['role', 'policies', 'status', 'token', 'email', 'provider', 'external_identifier', 'reseller_company'])
			expect(written).not.toContain(field);
	});

	test('never let anybody say where a file lies', () => {
		const written = permissions.filter(({ collection, action }) => collection === 'directus_files' && action !== 'read').flatMap(({ fields }) => fields ?? []);
		expect(written).not.toContain('filename_disk');
		expect(written).not.toContain('uploaded_by');
	});

	const asked = permissions.map(({ collection, permissions: rule, validation }) => ({ collection, parts: [...comparisons(rule), ...comparisons(validation)] }));

	test('compare the row, or the one row it belongs to, never a list', () => {
		const wrong = asked.flatMap(({ collection, parts }) =>
			parts
				.filter(
					({ path, operator, value }) => (operator === '_in' && (value as string[]).some((item) => item.startsWith('$'))) || !leadsToOne(collection, path),
				)
				.map(({ path, operator }) => `${collection}: ${path.join('.')} ${operator}`),
		);
		expect(wrong).toEqual([]);
	});

	test('never take “the same as mine” for “empty”: a person without a team is not everybody’s', () => {
		const wrong = asked.flatMap(({ collection, parts }) =>
			parts
				.filter(({ operator, value }) => operator === '_eq' && typeof value === 'string' && value.startsWith('$CURRENT_USER.'))
				.filter(({ path }) => !parts.some((other) => other.operator === '_nnull' && other.path.join() === path.join()))
				.map(({ path }) => `${collection}: ${path.join('.')}`),
		);
		expect(wrong).toEqual([]);
	});

	test('show in the form what they let somebody set', () => {
		const blind = permissions
			.filter(({ collection, action }) => (action === 'create' || action === 'update') && !collection.startsWith('directus_'))
			.flatMap(({ policy, collection, fields }) => {
				const key = keyOf(policy);
				if (key === 'api') return [];
				return (fields ?? [])
					.filter((field) => !sees(key, collection, field) && !(isStaff(key) && sees('self', collection, field)))
					.map((field) => `${key}: ${collection}.${field}`);
			});
		expect(blind).toEqual([]);
	});

	test('let whoever sees both ends of a relation see its list, without which GraphQL drops it', () => {
		const broken = (Object.keys(policyIds) as PolicyKey[]).flatMap((key) =>
			files.flatMap(({ collection, fields }) =>
				fields.flatMap((entry) => {
					const target = targetOf(entry);
					if (!target || !entry.inverse || !sees(key, collection, entry.field) || !of(key, target, 'read')) return [];
					return sees(key, target, entry.inverse) ? [] : [`${key}: ${collection}.${entry.field} → ${target}.${entry.inverse}`];
				}),
			),
		);
		expect(broken).toEqual([]);
	});

	test('show no relation to what the role does not read: the app would draw an error box', () => {
		const dead = (Object.keys(policyIds) as PolicyKey[])
			.filter((key) => key !== 'administrator' && key !== 'self')
			.flatMap((key) => {
				const reads = (collection: string): boolean => (collection.startsWith('directus_') ? key !== 'api' : Boolean(of(key, collection, 'read')));
				return files.flatMap(({ collection, fields }) =>
					fields.flatMap((entry) => {
						const target = targetOf(entry);
						if (!target) return [];
						const ends = [
							...(sees(key, collection, entry.field) && !reads(target) ? [`${key}: ${collection}.${entry.field}`] : []),
							...(entry.inverse && sees(key, target, entry.inverse) && !reads(collection) ? [`${key}: ${target}.${entry.inverse}`] : []),
						];
						return ends;
					}),
				);
			});
		expect(dead).toEqual([]);
		expect(sees('commercial', 'companies', 'payments')).toBe(false);
		expect(sees('commercial', 'companies', 'quotes')).toBe(true);
		expect(sees('finance', 'opportunities', 'contacts')).toBe(false);
		expect(sees('finance', 'directus_users', 'leads')).toBe(false);
		expect(sees('operations', 'expenses', 'payment')).toBe(false);
	});

	test('keep costs, bank details and proofs from who does not need them', () => {
		expect(sees('commercial', 'products', 'cost_cents')).toBe(false);
		expect(sees('commercial', 'products', 'price_cents')).toBe(true);
		expect(sees('commercial', 'company_profile', 'iban')).toBe(false);
		expect(sees('success', 'people', 'day_rate_cents')).toBe(false);
		expect(sees('commercial', 'directus_users', 'quota_cents')).toBe(false);
		expect(sees('manager', 'directus_users', 'quota_cents')).toBe(true);
	});

	test('show a reseller how a lead stands, not what we think of it', () => {
		for (const field of ['status', 'grade']) expect(sees('reseller', 'leads', field)).toBe(true);
		for (const field of ['points', 'reasons', 'assignment', 'owner', 'team', 'probability']) expect(sees('reseller', 'leads', field)).toBe(false);
		const collections = new Set(permissions.filter(({ policy }) => policy === policyIds.reseller).map(({ collection }) => collection));
		expect([...collections].toSorted()).toEqual(['commissions', 'directus_users', 'leads']);
	});

	test('let the API role read back what it sent and how it stands', () => {
		for (const field of ['id', 'status', 'grade', 'external_id', 'date_created', 'email', 'need']) expect(sees('api', 'leads', field)).toBe(true);
		for (const field of ['points', 'reasons', 'assignment', 'owner', 'team', 'lost_reason', 'product', 'display_name'])
			expect(sees('api', 'leads', field)).toBe(false);
	});

	test('let the API role send leads and usage events, and nothing else', () => {
		const actions = permissions.filter(({ policy }) => policy === policyIds.api).map(({ collection, action }) => `${action} ${collection}`);
		expect(actions.toSorted()).toEqual(['create leads', 'create usage_events', 'read leads', 'update leads']);
	});
});

describe('buttons', async () => {
	const flows = (await readSeeds()).filter(({ collection }) => collection === 'directus_flows').flatMap(({ rows }) => rows);
	const manual = flows.filter(({ trigger }) => trigger === 'manual') as { id: string; options: { collections: string[] } }[];

	test('are the flows that are started by hand, each with the roles that see it', () => {
		expect(manual.length).toBeGreaterThan(0);
		expect(Object.keys(buttons).toSorted()).toEqual(manual.map(({ id }) => id).toSorted());
	});

	test.each(manual)('$id stands where its roles come', ({ id, options }) => {
		for (const role of buttons[id] ?? []) expect(options.collections.filter((collection) => !of(role, collection, 'read'))).toEqual([]);
	});
});

test('a right that names a field that is computed, or that does not exist, is refused', () => {
	const leads = rights.leads;
	if (!leads) throw new Error('no rights on leads');
	expect(() => compileRights({ leads: { ...leads, finance: { create: {}, sets: { only: ['points'] } } } }, files)).toThrow(
		'leads, finance, create: no such field, or never writable: points',
	);
	expect(() => compileRights({ leads: { ...leads, finance: { read: {}, sees: { only: ['nonsense'] } } } }, files)).toThrow('nonsense');
});
