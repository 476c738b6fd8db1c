import { z } from 'zod';
import { sharedState } from './shared-state.ts';

const prefix = 'ORCHESTRE_';
const isSet = (value: unknown): boolean => value !== undefined && value !== null && String(value).trim() !== '';

/** Directus may already have turned the text into a number or a boolean. */
const whole = (preset: number, min: number, max: number) =>
	z
		.unknown()
		.optional()
		.transform((value, context) => {
			if (!isSet(value)) return preset;
			const number = Number(value);
			if (Number.isInteger(number) && number >= min && number <= max) return number;
			context.addIssue(`doit être un nombre entier entre ${min} et ${max}`);
			return z.NEVER;
		});

const flag = (preset: boolean) =>
	z
		.unknown()
		.optional()
		.transform((value, context) => {
			if (!isSet(value)) return preset;
			const text = String(value).trim().toLowerCase();
			if (text === 'true' || text === 'false') return text === 'true';
			context.addIssue('doit valoir true ou false');
			return z.NEVER;
		});

const text = () =>
	z
		.unknown()
		.optional()
		.transform((value) => (isSet(value) ? String(value).trim() : null));

/** The product's own variables; all optional. Rooms add theirs here, so that one look shows them all. */
const schema = z.object({
	/** Whether this instance works off jobs. */
	ORCHESTRE_WORKER: flag(true),
	/** Rest between two looks into the queue, ms. */
	ORCHESTRE_WORKER_POLL_MS: whole(2000, 100, 60_000),
	/** Jobs at a time, per instance. */
	ORCHESTRE_WORKER_CONCURRENCY: whole(2, 1, 20),
	/** Head start that the flow of a job has over the worker, ms. */
	ORCHESTRE_WORKER_GRACE_MS: whole(5000, 0, 300_000),
	/** Days that finished jobs (done, skipped) are kept. */
	ORCHESTRE_JOBS_KEEP_DAYS: whole(90, 1, 3650),
	/** Signs the opt-out links in messages; without it SECRET does. The sequences room reads it itself. */
	ORCHESTRE_LINK_SECRET: text(),
	/** Where the public company register answers; empty: off. The enrichment room reads these itself. */
	ORCHESTRE_REGISTER_URL: text(),
	/** Finds professional e-mails; without a key off. */
	ORCHESTRE_HUNTER_API_KEY: text(),
	ORCHESTRE_HUNTER_URL: text(),
	/** Messages and channels; without a token off. The Slack room reads these itself. */
	ORCHESTRE_SLACK_TOKEN: text(),
	ORCHESTRE_SLACK_URL: text(),
	/** Better summaries of exchanges; without a key off. The OpenAI room reads these itself; prices in euros a million tokens. */
	ORCHESTRE_OPENAI_API_KEY: text(),
	ORCHESTRE_OPENAI_URL: text(),
	ORCHESTRE_OPENAI_MODEL: text(),
	ORCHESTRE_OPENAI_INPUT_PRICE: text(),
	ORCHESTRE_OPENAI_OUTPUT_PRICE: text(),
	/** Archives that the nightly backup keeps; it reads this itself, here it is checked at boot. */
	ORCHESTRE_BACKUP_KEEP: whole(14, 1, 3650),
	/** Where they go, from the checkout; preset ./data/backups. */
	ORCHESTRE_BACKUP_FOLDER: text(),
});

export type Settings = z.output<typeof schema>;

/** `faults` stop the server, `warnings` do not; French sentences. */
export type EnvCheck = { settings: Settings | null; faults: string[]; warnings: string[] };

/** Checks the variables of `env` that are ours. A misspelt name is a warning: its value would be ignored in silence. */
export function checkEnv(env: Record<string, unknown>): EnvCheck {
	const known = Object.keys(schema.shape);
	const unknown = Object.keys(env).filter((name) => name.startsWith(prefix) && !known.includes(name));
	const warnings = unknown.map((name) => `La variable ${name} n’est pas connue et reste sans effet. Variables connues : ${known.join(', ')}.`);
	const parsed = schema.safeParse(env);
	const faults = (parsed.error?.issues ?? []).map(
		({ path, message }) => `La variable ${String(path[0])} ${message} (valeur reçue : ${JSON.stringify(env[String(path[0])])}).`,
	);
	return { settings: parsed.success ? parsed.data : null, faults, warnings };
}

const state = sharedState('settings', () => ({ current: schema.parse({}) }));

/** Sets what `settings()` answers; called once at boot. */
export function useSettings(settings: Settings): void {
	state.current = settings;
}

/** The checked variables; defaults until boot is over. */
export const settings = (): Settings => state.current;
