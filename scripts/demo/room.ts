import type { Knex } from 'knex';

/**
 * SQLite's own page cache is 2 MB; with it, a hundred copies would be read from the disk again for each row of their indexes. Foreign
 * keys hold only where they are asked to.
 */
export async function makeRoom(database: Knex): Promise<void> {
	await database.raw('pragma foreign_keys = on');
	await database.raw('pragma cache_size = -500000');
}
