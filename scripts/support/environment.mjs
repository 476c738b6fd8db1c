import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

/** The checkout: the folder that holds package.json, from which Directus must run. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * What the product needs Directus to be set to, and that Directus sets otherwise or not at all. The process's
 * environment wins over these, and `.env` over both (Directus reads it last).
 */
export const productDefaults = {
	DB_CLIENT: 'sqlite3',
	DB_FILENAME: './data/orchestre.db',
	DB_EXCLUDE_TABLES: 'spatial_ref_sys,sysdiagrams,orchestre_provision',
	HOST: '127.0.0.1',
	PORT: '8055',
	STORAGE_LOCATIONS: 'local',
	STORAGE_LOCAL_ROOT: './data/uploads',
	EXTENSIONS_PATH: './extensions',
	EXTENSIONS_MUST_LOAD: 'true',
	MIGRATIONS_PATH: './extensions/migrations',
	// A stale list after a write is worse than a slow one, should somebody turn the cache on.
	CACHE_AUTO_PURGE: 'true',
	// Directus copies its whole schema for each request, should an extension write into it. Ours does not.
	CACHE_SCHEMA_FREEZE_ENABLED: 'true',
	// Runs of flows go after three months; who did what stays three years, longer than any deadline of the RGPD or of a dispute.
	RETENTION_ENABLED: 'true',
	FLOW_LOGS_RETENTION: '90d',
	ACTIVITY_RETENTION: '1095d',
	REVISIONS_RETENTION: '1095d',
	// Directus believes any X-Forwarded-For by default; behind a proxy the operator says so.
	IP_TRUST_PROXY: 'false',
	MCP_ENABLED: 'false',
	AI_ENABLED: 'false',
	FLOWS_ENV_ALLOW_LIST: 'PUBLIC_URL',
	TELEMETRY: 'false',
	EMAIL_VERIFY_SETUP: 'false',
	LOG_LEVEL: 'warn',
};

/** @returns {Record<string, string>} what `.env` (or the file CONFIG_PATH names) says; empty when there is none */
export function readEnvFile() {
	const path = resolve(root, process.env.CONFIG_PATH || '.env');
	return existsSync(path) ? /** @type {Record<string, string>} */ (parseEnv(readFileSync(path, 'utf8'))) : {};
}

/**
 * The environment that Directus will end up with: defaults of the product, the process's, `.env`.
 * @returns {Record<string, string>}
 */
export function readEnvironment() {
	/** @type {Record<string, string> & { HOST: string, PORT: string }} */
	const values = { ...productDefaults, .../** @type {Record<string, string>} */ (process.env), ...readEnvFile() };
	return { ...values, PUBLIC_URL: values.PUBLIC_URL || `http://${urlHost(values.HOST)}:${values.PORT}` };
}

/**
 * The host part under which a browser on this machine reaches a server that listens on `host`.
 * @param {string} host
 */
export function urlHost(host) {
	if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
	return host.includes(':') ? `[${host}]` : host;
}

/**
 * Where the logins of the demo company are kept: beside the SQLite database that has them, else in data/.
 * @param {Record<string, string>} environment
 */
export const loginsFile = ({ DB_CLIENT, DB_FILENAME }) => resolve(root, DB_CLIENT === 'sqlite3' && DB_FILENAME ? dirname(DB_FILENAME) : 'data', 'logins.json');
