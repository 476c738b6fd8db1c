import { openAiConfigured } from '../openai/index.ts';
import type { Knex } from '../platform/directus.ts';

/** Whether texts of exchanges may go to OpenAI: a key in the environment, and the setting that says what leaves. */
export async function mayAsk(knex: Knex): Promise<boolean> {
	if (!openAiConfigured()) return false;
	const row = (await knex('settings').first('interactions_openai')) as { interactions_openai: unknown } | undefined;
	return Boolean(row?.interactions_openai);
}
