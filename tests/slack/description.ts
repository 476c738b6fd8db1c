import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Asked } from '../support/vendor.ts';

type Parameter = { name: string; in: string; required?: boolean; type?: string };
type Description = { basePath: string; paths: Record<string, Record<string, { parameters?: Parameter[] }>> };

const file = join(resolve(process.env['SHARED_DIR'] ?? '../shared'), 'specs', 'slack', 'web-api', 'slack_web_openapi_v2_without_examples.json');
export const isDescribed = existsSync(file);
if (!isDescribed)
	console.warn(`○ Slack’s description is not at ${file} (SHARED_DIR names the folder that has specs/ in it): requests are not held against it.`);

const fits = (value: string, type: string | undefined): boolean =>
	type === 'boolean'
		? ['true', 'false'].includes(value)
		: type === 'integer'
			? /^\d+$/.test(value)
			: type === 'number'
				? value !== '' && Number.isFinite(Number(value))
				: true;

/**
 * What is wrong with a request by Slack's own description: method, path, names, presence and types of what is sent. Slack takes every
 * method as a POST with a form as well (docs.slack.dev, “Using the Web API”), which is all that its SDK ever sends.
 */
export function complaints({ method, path, headers, body, query }: Asked): string[] {
	const { basePath, paths } = JSON.parse(readFileSync(file, 'utf8')) as Description;
	const described = paths[path.slice(basePath.length)];
	const [operation] = Object.values(described ?? {});
	if (!path.startsWith(`${basePath}/`) || !operation) return [`unknown path ${path}`];
	const found: string[] = [];
	if (method !== 'POST') found.push(`${method} instead of POST`);
	if (Object.keys(query).length > 0) found.push('something is sent in the address');
	if (headers['content-type'] !== 'application/x-www-form-urlencoded') found.push(`content-type ${headers['content-type']}`);
	const known = new Map((operation.parameters ?? []).map((parameter) => [parameter.name, parameter]));
	const sent = new URLSearchParams(body);
	// The token is described as a parameter and sent as a header, never in what ends up in logs.
	if (!headers.authorization?.startsWith('Bearer ') || sent.has('token')) found.push('the token is not where it belongs');
	for (const [name, value] of sent) {
		const parameter = known.get(name);
		if (!parameter) found.push(`unknown parameter ${name}`);
		else if (!fits(value, parameter.type)) found.push(`${name} is no ${parameter.type}`);
	}
	for (const { name, required } of known.values()) if (required && name !== 'token' && !sent.get(name)) found.push(`${name} is missing`);
	return found.map((fault) => `${path}: ${fault}`);
}
