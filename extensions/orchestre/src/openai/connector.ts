import type OpenAI from 'openai';
import { z, type ZodType } from 'zod';
import { accessOf, addSpending, registerConnector, textIn, throughConnector, type Connector, type Told } from '../platform/connector/index.ts';
import type { Knex } from '../platform/directus.ts';
import { OperationalError } from '../platform/errors.ts';
import { sharedState } from '../platform/shared-state.ts';

/** Which model answers, and what it costs, in euros a million tokens. */
type Plan = { model: string; inputPrice: number; outputPrice: number };
const shared = sharedState('openai', () => ({ plan: { model: 'gpt-4.1-mini', inputPrice: 0.4, outputPrice: 1.6 } as Plan }));

const priceOf = (env: Readonly<Record<string, unknown>>, name: string, preset: number): number => {
	const price = Number(textIn(env, name).replace(',', '.') || NaN);
	return Number.isFinite(price) && price >= 0 ? price : preset;
};

/** Takes model and prices from the server's environment; called once at boot. */
export function useOpenAiEnv(env: Readonly<Record<string, unknown>>): void {
	shared.plan = {
		model: textIn(env, 'ORCHESTRE_OPENAI_MODEL') || 'gpt-4.1-mini',
		inputPrice: priceOf(env, 'ORCHESTRE_OPENAI_INPUT_PRICE', 0.4),
		outputPrice: priceOf(env, 'ORCHESTRE_OPENAI_OUTPUT_PRICE', 1.6),
	};
}

/** OpenAI says in a word what a status leaves open. */
function faultIn(error: unknown): Told | undefined {
	const code = (error as { code?: unknown } | null)?.code;
	if (code === 'insufficient_quota') return { fault: 'used_up' };
	if (code === 'model_not_found') return { fault: 'refused', reason: `OpenAI ne connaît pas le modèle « ${shared.plan.model} », ou la clé n’y a pas droit.` };
	return undefined;
}

/** OpenAI, or whoever answers like it at ORCHESTRE_OPENAI_URL; off without a key. */
export const openAi: Connector = {
	key: 'openai',
	name: 'OpenAI',
	access: (env) => {
		const secret = textIn(env, 'ORCHESTRE_OPENAI_API_KEY');
		return secret ? { baseUrl: textIn(env, 'ORCHESTRE_OPENAI_URL') || 'https://api.openai.com/v1', secret } : null;
	},
	perSecond: 3,
	timeoutMs: 30_000,
	faultIn,
	test: async (knex) => {
		const { model } = shared.plan;
		await callOpenAi(knex, (client) => client.models.retrieve(model), z.object({ id: z.string() }));
		return `Connecté à OpenAI, modèle « ${model} ».`;
	},
};
registerConnector(openAi);

export const openAiConfigured = (): boolean => accessOf(openAi) !== null;

/** One call through OpenAI's SDK, its answer checked. Throws as `throughConnector` does. */
async function callOpenAi<T>(knex: Knex, call: (client: OpenAI) => Promise<unknown>, answer: ZodType<T>): Promise<T> {
	// Read when it is first needed: most installations have no key.
	const { default: Client } = await import('openai');
	return throughConnector(knex, openAi, async ({ access, fetch }) => {
		const client = new Client({
			apiKey: access.secret ?? '',
			baseURL: access.baseUrl,
			fetch,
			// Jobs try again, with what was asked for in mind; the line gives up in time.
			maxRetries: 0,
			timeout: 120_000,
			logLevel: 'off',
			organization: null,
			project: null,
		});
		return answer.parse(await call(client));
	});
}

const completion = z.object({
	choices: z
		.array(z.object({ finish_reason: z.string().nullish(), message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }) }))
		.min(1),
	usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
});

/** A question with an answer of one shape: `schema` is what OpenAI holds itself to, `answer` what we believe. */
export type Question<T> = {
	name: string;
	instructions: string;
	text: string;
	schema: Record<string, unknown>;
	answer: ZodType<T>;
	mostTokens: number;
	/** Pictures and PDFs that go along with the text. */
	files?: readonly SentFile[];
	/** Told what the call cost, in millionths of a euro, also where the answer turns out to be none. */
	spent?: (micros: number) => void;
};

export type SentFile = { name: string; type: 'application/pdf' | 'image/png' | 'image/jpeg' | 'image/webp'; base64: string };

const partOf = ({ name, type, base64 }: SentFile): OpenAI.ChatCompletionContentPart =>
	type === 'application/pdf'
		? { type: 'file', file: { filename: name, file_data: `data:${type};base64,${base64}` } }
		: { type: 'image_url', image_url: { url: `data:${type};base64,${base64}`, detail: 'high' } };

const garbage = (): OperationalError => new OperationalError('Réponse inattendue d’OpenAI.');

function parsed<T>(content: string | null | undefined, answer: ZodType<T>): T {
	try {
		return answer.parse(JSON.parse(content ?? ''));
	} catch {
		throw garbage();
	}
}

/**
 * Asks once for a structured answer, and counts what it cost. OpenAI keeps nothing of it (`store: false`). Throws an OperationalError:
 * not configured, as the service answers, refused, or an answer that is not what was asked for.
 */
export async function askOpenAi<T>(knex: Knex, { name, instructions, text, schema, answer, mostTokens, files = [], spent }: Question<T>): Promise<T> {
	const { model, inputPrice, outputPrice } = shared.plan;
	const { choices, usage } = await callOpenAi(
		knex,
		(client) =>
			client.chat.completions.create({
				model,
				messages: [
					{ role: 'system', content: instructions },
					{ role: 'user', content: files.length === 0 ? text : [{ type: 'text', text }, ...files.map(partOf)] },
				],
				response_format: { type: 'json_schema', json_schema: { name, schema, strict: true } },
				max_completion_tokens: mostTokens,
				store: false,
			}),
		completion,
	);
	// Euros a million tokens are millionths of a euro a token.
	const micros = usage ? usage.prompt_tokens * inputPrice + usage.completion_tokens * outputPrice : 0;
	if (usage) await addSpending(knex, openAi, micros);
	spent?.(Math.ceil(micros));
	const [choice] = choices;
	if (choice?.message.refusal) throw new OperationalError('OpenAI a refusé de répondre sur ce texte.', { retryable: false });
	if (choice?.finish_reason === 'length') throw garbage();
	return parsed(choice?.message.content, answer);
}
