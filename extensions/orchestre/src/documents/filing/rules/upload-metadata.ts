/** `key base64` or `key`, separated by commas and nothing else: no two readers of the header can take it for different things. */
const pair = /^([a-z_]+)(?: ((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?))?$/;

/** What the header `Upload-Metadata` of a resumable upload says of its file; null where it is not of this form, or says a thing twice. */
export function readUploadMetadata(header: string): Map<string, string | null> | null {
	const said = new Map<string, string | null>();
	for (const one of header.split(',')) {
		const [, key = '', value] = pair.exec(one) ?? [];
		if (!key || said.has(key)) return null;
		said.set(key, value ? Buffer.from(value, 'base64').toString('utf8') : null);
	}
	return said;
}
