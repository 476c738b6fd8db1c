import jwt from 'jsonwebtoken';
import { connect } from '../../scripts/support/database.ts';
import { get, type Server } from '../../scripts/support/server.ts';
import { demoIdRange } from '../../scripts/demo/ids.ts';
import { defaultViews } from '../../seeds/bookmarks/defaults.ts';
import { roleIds, roleKeys, type RoleKey } from '../../seeds/ids.ts';
import { median, quantile } from '../support/figures.ts';
import type { Environment } from '../support/place.ts';
import { readFields, type Field } from './fields.ts';
import { form, lists, ownBookmarks, search, type Opening, type Rights } from './requests.ts';

/** One request at both sizes, milliseconds. `ratio`: the large one's p95 over the small one's. */
export type Line = {
	role: RoleKey;
	kind: Opening['kind'];
	name: string;
	part: string;
	path: string;
	small: { p50: number; p95: number };
	large: { p50: number; p95: number };
	p50Ratio: number;
	ratio: number;
};

export type Side = { server: Server; environment: Environment };

/** Somebody of the demo in that role: the administrator, or the one who owns most. */
async function tokens({ environment }: Side): Promise<Map<RoleKey, string>> {
	const database = connect(environment);
	const found = new Map<RoleKey, string>();
	for (const role of roleKeys) {
		const users = (await database('directus_users')
			.where({ role: roleIds[role] })
			.whereBetween('id', [...demoIdRange])
			.pluck('id')) as string[];
		const owned = (await database('leads').whereIn('owner', users).groupBy('owner').select('owner').count({ n: '*' }).orderBy('n', 'desc').first()) as
			{ owner: string } | undefined;
		const id = owned?.owner ?? users[0];
		if (id)
			found.set(
				role,
				jwt.sign({ id, role: roleIds[role], app_access: true, admin_access: role === 'administrator' }, environment.SECRET ?? '', {
					expiresIn: '3h',
					issuer: 'directus',
				}),
			);
	}
	await database.destroy();
	return found;
}

/** A row of the small demo that the reader may open, the one on top of the default list; the large demo has it as well. */
async function rowOf({ server }: Side, token: string, collection: string): Promise<string | undefined> {
	const [row] = await get<{ id: string }[]>(server, `/items/${collection}?fields=id&limit=1&sort=-date_created`, token).catch(() =>
		get<{ id: string }[]>(server, `/items/${collection}?fields=id&limit=1`, token),
	);
	return row?.id;
}

/** All that people of that role open, as the app asks for it. */
async function openingsOf(small: Side, role: RoleKey, token: string, fields: ReadonlyMap<string, ReadonlyMap<string, Field>>): Promise<Opening[]> {
	const rights = role === 'administrator' ? everything(fields) : await get<Rights>(small.server, '/permissions/me', token);
	const reader = { role, rights, fields };
	const now = new Date();
	const openings = [...lists(reader, now), ...ownBookmarks(reader, now)];
	for (const collection of ['leads', 'companies', 'people']) if (rights[collection]?.read) openings.push(search(reader, collection, 'Atelier'));
	for (const collection of Object.keys(defaultViews)) {
		if (!['full', 'partial'].includes(rights[collection]?.read?.access ?? 'none')) continue;
		const id = await rowOf(small, token, collection);
		if (id) openings.push(form(reader, collection, id));
	}
	return openings;
}

const everything = (fields: ReadonlyMap<string, unknown>): Rights =>
	Object.fromEntries([...fields.keys()].map((collection) => [collection, { read: { access: 'full', fields: ['*'] } }]));

async function timed(side: Side, path: string, token: string): Promise<number> {
	const before = performance.now();
	await get(side.server, path, token);
	return performance.now() - before;
}

/**
 * Every default list, bookmark and form of every role, request by request, at both sizes in turns. `samples` per request, after
 * two that are not counted; the same request of several roles or forms is asked for each. Forms are asked for by one role each, the
 * first that has a row of that collection.
 */
export async function measureApp(
	small: Side,
	large: Side,
	{ samples, roles, onLine }: { samples: number; roles?: string[]; onLine?: (line: Line) => void },
): Promise<Line[]> {
	const fields = readFields();
	const [smallTokens, largeTokens] = [await tokens(small), await tokens(large)];
	const lines: Line[] = [];
	const formsDone = new Set<string>();
	for (const [role, token] of smallTokens) {
		if (roles && !roles.includes(role)) continue;
		for (const opening of await openingsOf(small, role, token, fields)) {
			if (opening.kind === 'form' && formsDone.has(opening.name)) continue;
			if (opening.kind === 'form') formsDone.add(opening.name);
			for (const { part, path } of opening.requests) {
				const times = { small: [] as number[], large: [] as number[] };
				for (let sample = -Number(process.env.WARM ?? 2); sample < samples; sample++) {
					const one = await timed(small, path, token);
					const other = await timed(large, path, largeTokens.get(role) ?? '');
					if (sample >= 0) {
						times.small.push(one);
						times.large.push(other);
					}
					// Nobody needs twenty samples of a request that takes seconds.
					if (sample >= 2 && other > 2000) break;
				}
				const figures = (values: number[]): { p50: number; p95: number } => ({ p50: median(values), p95: quantile(values, 0.95) });
				const [s, l] = [figures(times.small), figures(times.large)];
				const line = { role, kind: opening.kind, name: opening.name, part, path, small: s, large: l, p50Ratio: l.p50 / s.p50, ratio: l.p95 / s.p95 };
				lines.push(line);
				onLine?.(line);
			}
		}
	}
	return lines;
}
