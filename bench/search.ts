import { randomUUID } from 'node:crypto';
import { searchWords } from '../extensions/orchestre/src/documents/filing/rows.ts';
import { connect } from '../scripts/support/database.ts';
import { get, type Server } from '../scripts/support/server.ts';
import { query } from './app/requests.ts';
import { burst, type Burst } from './support/burst.ts';
import { median, medianInterval } from './support/figures.ts';
import { inTurns, middle, start } from './support/pair.ts';
import type { Environment, Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

const documents = 30_000;
const textLength = 3000;
/** Words of a text; the hundredth is some hundred times rarer than the first, as in any language. */
const vocabulary = Array.from({ length: 20_000 }, (_, index) => `${['pré', 'contre', 'sur', 'élé', 'trans'][index % 5]}${(index * 7919 + 104_729).toString(36)}${['tion', 'ment', 'ité', 'age', 'eur'][index % 7 % 5]}`); // prettier-ignore

function* words(seed: number): Generator<string> {
	let state = seed + 1;
	for (;;) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		yield vocabulary[Math.floor(vocabulary.length * (state / 2 ** 32) ** 3)] ?? '';
	}
}

function textOf(index: number): string {
	const parts: string[] = index % 3000 === 0 ? ['Chaudière à granulés, contrat Zorglub'] : [];
	let length = 0;
	for (const word of words(index)) {
		if (length > textLength) break;
		parts.push(word);
		length += word.length + 1;
	}
	return parts.join(' ');
}

async function fill(environment: Environment): Promise<void> {
	const database = connect(environment);
	const at = Date.now();
	for (let first = 0; first < documents; first += 200) {
		const rows = Array.from({ length: 200 }, (_, index) => {
			const text = textOf(first + index);
			return { id: randomUUID(), title: `Document ${first + index}`, type: 'invoice', status: 'filed', origin: 'upload', text, search_words: searchWords(text), date_created: new Date(at - (first + index) * 60_000) }; // prettier-ignore
		});
		await database.transaction((trx) => trx.batchInsert('documents', rows, 40));
	}
	if (environment['DB_CLIENT'] !== 'sqlite3') await database.raw('vacuum analyze documents');
	await database.destroy();
}

/** As Directus searches by itself: every column of text, the whole text among them, and no index. */
async function withoutHelp(environment: Environment): Promise<void> {
	const database = connect(environment);
	await database('directus_fields')
		.where({ collection: 'documents' })
		.whereIn('field', ['text', 'filing_note', 'reading_error', 'ai_note', 'language', 'sha256'])
		.update({ searchable: true });
	for (const column of ['title', 'description', 'search_words']) await database.raw('drop index if exists ??', [`orchestre_documents_${column}_search`]);
	await database.destroy();
}

const list = { fields: 'id,title,type,status,company.name,date_created', limit: 25, page: 1, sort: '-date_created' };
const asked = [
	{ what: 'the list without a search', path: query(list) },
	{ what: 'a word of ten documents', path: query({ ...list, search: 'zorglub' }) },
	{ what: 'a phrase without its accents', path: query({ ...list, search: 'chaudiere a granules' }) },
	{ what: 'a word of many documents', path: query({ ...list, search: vocabulary[20] }) },
	{ what: 'a word of none', path: query({ ...list, search: 'introuvable' }) },
	{ what: 'how many match, as the list asks', path: query({ 'aggregate[countDistinct]': 'id', search: 'zorglub' }) },
];

/** The search of the list of documents over 30,000 of them with 3 kB of text each: ours against Directus's own on the same rows, in turns. */
export async function search(place: Place, { rounds, seconds }: Pick<Options, 'rounds' | 'seconds'>): Promise<Table> {
	const ours = await place.provision('search');
	await fill(ours);
	const plain = await place.copy(ours, 'search_plain');
	await withoutHelp(plain);
	const [before, after] = await Promise.all([start(plain), start(ours)]);
	try {
		const rows: Table['rows'] = [];
		for (const { what, path } of asked) {
			const run = (server: Server) => (): Promise<Burst> => burst(async () => (await get(server, `/items/documents?${path}`), true), 1, seconds * 1000);
			const pairs = await inTurns(rounds, run(before), run(after));
			const ratios = pairs.map(([one, other]) => other.p50 / one.p50);
			const [one, other] = [middle(pairs.map(([first]) => first)), middle(pairs.map(([, second]) => second))];
			rows.push({ what, 'Directus p50 ms': one.p50, 'p50 ms': other.p50, 'p95 ms': other.p95, ratio: median(ratios), ...medianInterval(ratios) });
		}
		return { name: 'search', note: `${documents} documents with ${textLength} characters of text, one caller`, rows };
	} finally {
		await Promise.all([before.stop(), after.stop()]);
	}
}
