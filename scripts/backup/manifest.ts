import { z } from 'zod';
import { BackupFailure } from './failure.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const part = z.strictObject({ name: z.string().min(1), bytes: z.int().nonnegative(), sha256 });
const column = z.strictObject({ name: z.string().min(1), type: z.string() });

/** Raised when an older product could not read what this one writes. */
const format = 1;

/** What an archive says of itself: its last file but one, `manifest.json`; the last is that file's own checksum. */
export const manifestSchema = z.strictObject({
	format: z.literal(format),
	/** ISO moment of the snapshot. */
	createdAt: z.iso.datetime(),
	product: z.string(),
	directus: z.string(),
	database: z.strictObject({ vendor: z.enum(['sqlite', 'postgres']), version: z.string() }),
	/** SQL that makes the tables, in `schema.json`. */
	schema: part,
	/** One row a line, as an array of values in the order of the columns; gzip. */
	tables: z.array(z.strictObject({ table: z.string().min(1), columns: z.array(column), rows: z.int().nonnegative(), part })),
	/** Uploads: `part.name` is files/<storage location>/<path>. */
	files: z.array(z.strictObject({ location: z.string().min(1), path: z.string().min(1), part })),
	/** French sentences on what is not in it. */
	notes: z.array(z.string()),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type Part = z.infer<typeof part>;
export type Column = z.infer<typeof column>;
export type Table = { name: string; columns: Column[] };
export const manifestFormat = format;

/** Negative when version `a` is older than `b` (1.2.10 is newer than 1.2.9). */
export function compareVersions(a: string, b: string): number {
	const [left, right] = [a, b].map((version) => version.split(/[.+-]/).map((piece) => Number.parseInt(piece, 10) || 0));
	for (let at = 0; at < 3; at++) {
		const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** Reads `manifest.json`; a format of the future, or none of ours, is refused in French. */
export function parseManifest(text: string): Manifest {
	let raw: unknown;
	try {
		raw = JSON.parse(text);
	} catch {
		throw new BackupFailure('Cette archive est abîmée : son sommaire est illisible.');
	}
	const found = z.object({ format: z.number(), product: z.string() }).safeParse(raw);
	if (found.success && found.data.format !== format)
		throw new BackupFailure(
			`Cette sauvegarde est au format ${found.data.format} (Orchestre ${found.data.product}) ; cette version lit le format ${format} : restaurez-la avec la version d’Orchestre qui l’a faite.`,
		);
	const parsed = manifestSchema.safeParse(raw);
	if (!parsed.success) throw new BackupFailure('Cette archive est abîmée : son sommaire est incomplet.');
	return parsed.data;
}

/** Refuses what is newer than this copy: an older one is brought up to date by the next start, never the other way round. */
export function refuseNewer({ product, directus }: Manifest, mine: { product: string; directus: string }): void {
	if (compareVersions(directus, mine.directus) > 0)
		throw new BackupFailure(
			`Cette sauvegarde vient de Directus ${directus}, plus récent que celui de cette copie (${mine.directus}) : mettez d’abord Orchestre à jour.`,
		);
	if (compareVersions(product, mine.product) > 0)
		throw new BackupFailure(`Cette sauvegarde vient d’Orchestre ${product}, plus récent que cette copie (${mine.product}) : mettez-la d’abord à jour.`);
}
