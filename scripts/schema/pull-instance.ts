import { readAll } from '../support/client.ts';
import type { Client } from '../support/client.ts';
import { readDiff } from './apply.ts';
import { mergeFiles } from './files.ts';
import { countChanges } from './noise.ts';
import { pull } from './pull.ts';
import type { PullInput } from './pull.ts';
import type { Texts } from './snapshot.ts';

/**
 * New texts of the files that an instance says differently (see `pull`). Columns are written in PostgreSQL's terms, so
 * from SQLite it takes only what is the same there: nothing, or it refuses.
 */
export async function pullInstance(client: Client, files: PullInput['files']): Promise<Map<string, string | null>> {
	const { current: snapshot, diff } = await readDiff(client, mergeFiles(files.map(({ file }) => file)).snapshot);
	if (snapshot.vendor !== 'postgres' && countChanges(diff) > 0)
		throw new Error(`The schema files are written from PostgreSQL; this instance is on ${snapshot.vendor} (docs/decisions/001).`);
	return pull({ files, snapshot, diff, texts: await readTexts(client) });
}

/** The instance's custom translations that are there in both languages. */
async function readTexts(client: Client): Promise<Texts> {
	const rows = await readAll(client, 'directus_translations', ['key', 'language', 'value']);
	const inLanguage = (language: string): Map<string, string> =>
		new Map(rows.filter((row) => row.language === language).map(({ key, value }) => [String(key), String(value)]));
	const english = inLanguage('en-US');
	return new Map([...inLanguage('fr-FR')].flatMap(([key, fr]) => (english.has(key) ? [[key, { fr, en: english.get(key) ?? '' }]] : [])));
}
