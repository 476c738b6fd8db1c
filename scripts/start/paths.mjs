import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. Everything that the start writes is in it. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dataFolder = join(root, 'data');
export const logFolder = join(dataFolder, 'logs');
export const extensionFolder = join(root, 'extensions', 'orchestre');
