/**
 * Loaded into a server before all else (`node --import`): on SIGUSR2 it collects garbage and writes how many bytes of the heap are
 * alive into the file that ORCHESTRE_LIVE_HEAP names. RSS tells what the process took, this what it needs.
 */
import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

process.on('SIGUSR2', () => {
	collect();
	collect();
	writeFileSync(process.env.ORCHESTRE_LIVE_HEAP ?? '', String(process.memoryUsage().heapUsed));
});
