import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Asked } from '../support/vendor.ts';

const file = join(resolve(process.env['SHARED_DIR'] ?? '../shared'), 'specs', 'openai', 'openapi.json');
export const isDescribed = existsSync(file);
if (!isDescribed)
	console.warn(`○ OpenAI’s description is not at ${file} (SHARED_DIR names the folder that has specs/ in it): requests are not held against it.`);

type Operation = { requestBody?: { content: Record<string, { schema: { $ref: string } }> } };
type Description = { paths: Record<string, Record<string, Operation>> };

let description: Description | null = null;
const validators = new Map<string, ValidateFunction>();

function validatorOf(reference: string): ValidateFunction {
	const known = validators.get(reference);
	if (known) return known;
	const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
	ajv.addSchema({ $id: 'openai', ...description } as object);
	const made = ajv.compile({ $ref: `openai${reference}` });
	validators.set(reference, made);
	return made;
}

/** OpenAPI 3.0 says `nullable` of references and unions as well, which JSON Schema does not know; we never send null. */
const withoutLooseNull = (_name: string, value: unknown): unknown => {
	if (typeof value !== 'object' || value === null || !('nullable' in value) || 'type' in value) return value;
	const { nullable: _nullable, ...rest } = value;
	return rest;
};

/** What is wrong with a request by OpenAI's own description: method, path, and the body held against its schema. */
export function complaints({ method, path, headers, body }: Asked): string[] {
	description ??= JSON.parse(readFileSync(file, 'utf8'), withoutLooseNull) as Description;
	const below = path.replace(/^\/v1/, '');
	const template = Object.keys(description.paths).find((one) => new RegExp(`^${one.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(below));
	const operation = template ? description.paths[template]?.[method.toLowerCase()] : undefined;
	if (!operation) return [`unknown: ${method} ${path}`];
	const found = headers.authorization?.startsWith('Bearer ') ? [] : ['no key in the header'];
	const schema = operation.requestBody?.content['application/json']?.schema;
	if (!schema) return found;
	const value = JSON.parse(body) as Record<string, unknown>;
	const validate = validatorOf(schema.$ref);
	if (!validate(value)) found.push(...(validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`));
	// The schema leaves others be: a misspelt name would go unnoticed.
	const named = new Set(namesIn(schema.$ref));
	return [
		...found,
		...Object.keys(value)
			.filter((name) => !named.has(name))
			.map((name) => `unknown ${name}`),
	];
}

type Schema = { $ref?: string; allOf?: Schema[]; properties?: Record<string, unknown> };

function namesIn(reference: string): string[] {
	const schema = reference
		.slice(2)
		.split('/')
		.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], description) as Schema;
	return [schema, ...(schema.allOf ?? [])].flatMap((one) => [...Object.keys(one.properties ?? {}), ...(one.$ref ? namesIn(one.$ref) : [])]);
}
