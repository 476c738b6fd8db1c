import { expect, test } from 'vitest';
import { readUploadMetadata } from './upload-metadata.ts';

const coded = (text: string): string => Buffer.from(text).toString('base64');

test('what a resumable upload says of its file is read, and nothing that two readers could take for different things', () => {
	const said = readUploadMetadata(`filename_download ${coded('é.pdf')},folder,title ${coded('A')}`);
	expect([...(said ?? [])]).toEqual([['filename_download', 'é.pdf'], ['folder', null], ['title', 'A']]); // prettier-ignore
	const unclear = ['', ',', `title ${coded('A')},title ${coded('B')}`, `title ${coded('A')}, folder`, 'title A', `Title ${coded('A')}`, 'title  QQ=='];
	expect(unclear.filter((header) => readUploadMetadata(header) !== null)).toEqual([]);
});
