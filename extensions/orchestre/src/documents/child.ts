/**
 * The process in which files are read. This module is its entry (from sources), or part of it (the built bundle is one file): the
 * last lines tell which process this is. It has no environment, no rights to write files or to start programs, and a watchman that
 * ends it when it takes too much memory or is left alone.
 */
import { statSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { compose, meaningAs } from './compose.ts';
import { limits, processLimits } from './reading/limits.ts';
import { drawPage } from './reading/picture/draw.ts';
import type { FromChild, Input, Order, Result } from './reading/protocol.ts';
import { readBytes, refusedReading, type Step } from './reading/read-bytes.ts';
import { refusals } from './reading/refusals.ts';
import type { Refusal } from './types.ts';

/** What the process is started with. */
export const childPurpose = 'orchestre.documents.child';

/** The file that starts it: this one, or the bundle that it is part of. */
export const childUrl = new URL(import.meta.url);
childUrl.search = '';

/** Looks at the memory and the parent while the other thread is lost in a file. SIGKILL: nothing else ends WebAssembly at once. */
const watchman = `
	const { ppid } = process;
	setInterval(() => {
		if (process.memoryUsage.rss() > ${processLimits.memoryMb * 1024 * 1024} || process.ppid !== ppid) process.kill(process.pid, 'SIGKILL');
	}, 25);
`;

const say = (message: FromChild): Promise<void> => new Promise((resolve) => void process.send?.(message, undefined, undefined, () => resolve()));

type Opened = { bytes: Uint8Array; name: string } | Refusal;
const nothing: Opened = { bytes: new Uint8Array(), name: '' };

/** The bytes; a file that is too big is not even loaded. */
function open(input: Input): Opened {
	if (typeof input !== 'string') return input;
	const { size } = statSync(input);
	return size > limits.bytes ? refusals.tooBig(size) : { bytes: readFileSync(input), name: basename(input) };
}

async function carryOut(order: Order, opened: Opened, step: Step): Promise<Result[keyof Result]> {
	if (order.kind === 'meaning') return meaningAs(order.as, order.pages, order);
	const isRefused = 'code' in opened;
	if (order.kind === 'draw') return isRefused ? opened : drawPage(opened.bytes, order.draw);
	const reading = isRefused ? refusedReading(opened) : await readBytes(opened.bytes, opened.name, step);
	return order.kind === 'read' ? reading : compose(reading, order);
}

/** What is left of an order that broke the library it was read with. */
async function broken(order: Order, error: unknown): Promise<Result[keyof Result]> {
	const isMemory = error instanceof RangeError || /memory|allocation/i.test(String(error));
	const refusal = isMemory ? refusals.outOfMemory() : refusals.broken();
	if (order.kind === 'draw' || order.kind === 'meaning') return refusal;
	return order.kind === 'read' ? refusedReading(refusal) : compose(refusedReading(refusal), order);
}

async function answer(order: Order): Promise<void> {
	let opened: Opened;
	try {
		opened = order.kind === 'meaning' ? nothing : open(order.input);
	} catch {
		return say({ kind: 'failed', message: 'Ce fichier n’est plus là, ou ne peut pas être ouvert.' });
	}
	let result: Result[keyof Result];
	let isBroken = false;
	try {
		result = await carryOut(order, opened, (page) => say({ kind: 'step', page }));
	} catch (error) {
		if (process.env['READING_DEBUG']) process.stderr.write(`${String((error as Error).stack)}\n`);
		isBroken = true;
		result = await broken(order, error);
	}
	return say({ kind: 'done', result, spent: isBroken || process.memoryUsage.rss() > processLimits.keptMb * 1024 * 1024 });
}

function serve(): void {
	new Worker(watchman, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
	process.on('disconnect', () => process.exit(0));
	process.on('message', (order: Order) => void answer(order));
	void say({ kind: 'ready' });
}

if (process.argv[2] === childPurpose && process.send) serve();
