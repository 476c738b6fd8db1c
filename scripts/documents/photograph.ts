import sharp from 'sharp';
import { randomOf } from '../demo/random.ts';

/**
 * A drawn page as a telephone or an old scanner would give it: a little askew, soft, grainy, unevenly lit and saved as JPEG. The same name
 * is spoilt in the same way each time.
 */
export async function photographed(picture: Uint8Array, name: string): Promise<Uint8Array> {
	const random = randomOf(`photograph ${name}`, 0);
	const angle = (random.next() - 0.5) * 2.4;
	const turned = sharp(picture)
		.rotate(angle, { background: '#f4f2ec' })
		.blur(0.3 + 0.5 * random.next());
	const { data, info } = await turned.greyscale().raw().toBuffer({ resolveWithObject: true });
	const grain = 6 + 14 * random.next();
	const shade = 10 + 30 * random.next();
	for (let at = 0; at < data.length; at++) {
		const across = (at % info.width) / info.width;
		const noise = (random.next() + random.next() - 1) * grain;
		data[at] = Math.max(0, Math.min(255, (data[at] ?? 0) - shade * across + noise));
	}
	return sharp(data, { raw: { width: info.width, height: info.height, channels: 1 } })
		.jpeg({ quality: random.int(45, 80) })
		.toBuffer();
}
