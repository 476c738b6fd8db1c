import { readTable, type Recognised } from '../rules/recognised.ts';
import type { Grey, Slant } from '../rules/skew.ts';
import { recognise } from './engine.ts';
import { lieOf, turn } from './upright.ts';

/** A picture that was read: its size as it stands upright in pixels, and the clockwise turn that got it there, in degrees. */
export type ReadPicture = Recognised & { width: number; height: number; turned: number };

/** Characters of which tesseract is this sure on the whole stand upright: those it reads upside down come to less than half. */
const surelyUpright = 0.7;
/** Under this, and only then, the direction that the profile ruled out is tried as well. */
const hopeless = 0.45;

const modulo = (degrees: number): number => Math.round((((degrees % 360) + 360) % 360) * 100) / 100;

/** What a reading is worth: how much was read, and how surely. Words that stand upended are no lines to go by, however well they were read. */
const worth = ({ confidence, characters, isUpended }: Recognised): number => (isUpended ? 0.3 : 1) * confidence * confidence * Math.min(characters, 400);

async function readTurned(grey: Grey, dpi: number, degrees: number): Promise<ReadPicture> {
	const { width, height, ...upright } = await turn(grey, degrees);
	return { ...readTable(await recognise({ width, height, ...upright }, dpi), width, height), width, height, turned: modulo(degrees) };
}

/**
 * Reads a picture that may lie on its side, stand on its head and be askew. The runs of its dots say which way lines run and their profile
 * by how much they slant; which end is up, only reading tells: the likelier way first, the other one when the first reads badly. Words that
 * were read well but stand upended prove that the picture was laid on its side (tesseract reads what runs from top to bottom): it is
 * turned back by that quarter.
 */
export async function readPicture(grey: Grey, dpi: number): Promise<ReadPicture> {
	const slant = await lieOf(grey);
	let found: ReadPicture | null = null;
	for (const degrees of waysUp(slant)) {
		if (found && (found.confidence >= surelyUpright || (isOtherAxis(degrees, slant) && found.confidence >= hopeless))) break;
		const next = await readTurned(grey, dpi, degrees);
		if (next.isUpended && next.confidence >= surelyUpright) return better(await readTurned(grey, dpi, degrees - 90), next);
		found = found ? better(next, found) : next;
	}
	if (!found) throw new Error('no way up was tried');
	return found;
}

const better = (one: ReadPicture, other: ReadPicture): ReadPicture => (worth(one) > worth(other) ? one : other);

const waysUp = ({ isSideways, degrees, dots }: Slant): number[] => {
	if (dots < 200) return [0];
	return isSideways ? [90 + degrees, 270 + degrees, degrees] : [degrees, 180 + degrees, 90 + degrees];
};

const isOtherAxis = (degrees: number, { isSideways }: Slant): boolean => (Math.round(degrees / 90) % 2 === 1) !== isSideways;
