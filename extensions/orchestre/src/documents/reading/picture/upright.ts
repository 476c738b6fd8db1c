import { slantOf, type Grey, type Slant } from '../rules/skew.ts';
import { sharp } from './sharp.ts';

/** Under this a turn costs sharpness and gains nothing, in degrees. */
const level = 0.15;

const raw = ({ data, width, height }: Grey, channels: 1 | 4 = 1): { raw: { width: number; height: number; channels: 1 | 4 }; data: Uint8Array } => ({
	raw: { width, height, channels },
	data,
});

/** A grey picture of at most so many pixels on its longer side. */
export async function reduced(grey: Grey, longest: number): Promise<Grey> {
	if (Math.max(grey.width, grey.height) <= longest) return grey;
	const { data, raw: layout } = raw(grey);
	const library = await sharp();
	const out = await library(data, { raw: layout }).resize(longest, longest, { fit: 'inside' }).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
	return { data: out.data, width: out.info.width, height: out.info.height };
}

/** A grey picture by another factor in both directions. */
export async function scaled(grey: Grey, factor: number): Promise<Grey> {
	const { data, raw: layout } = raw(grey);
	const library = await sharp();
	const [width, height] = [Math.round(grey.width * factor), Math.round(grey.height * factor)];
	const out = await library(data, { raw: layout }).resize(width, height, { fit: 'fill', kernel: 'cubic' }).extractChannel(0).raw().toBuffer();
	return { data: out, width, height };
}

/** The picture turned clockwise by `degrees`, on a canvas that holds all of it, white where there was nothing. */
export async function turn(grey: Grey, degrees: number): Promise<Grey> {
	if (degrees === 0) return grey;
	const { data, raw: layout } = raw(grey);
	const library = await sharp();
	const out = await library(data, { raw: layout }).rotate(degrees, { background: '#ffffff' }).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
	return { data: out.data, width: out.info.width, height: out.info.height };
}

/** How the writing on it lies, judged on a smaller copy. Small slants count as none. */
export async function lieOf(grey: Grey): Promise<Slant> {
	const slant = slantOf(await reduced(grey, 850));
	return Math.abs(slant.degrees) < level ? { ...slant, degrees: 0 } : slant;
}
