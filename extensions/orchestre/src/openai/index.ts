/** OpenAI as other rooms use it (docs/decisions/116). */
export { askOpenAi, openAi, openAiConfigured, useOpenAiEnv, type Question, type SentFile } from './connector.ts';
