import type { Box } from '../../types.ts';
import { withMemory, type Pdfium } from './library.ts';

/** Shares (0 to 1, from the top left corner as shown) of a point in the page's own coordinates: x = a·px + c·py + e, y = b·px + d·py + f. */
export type Affine = { a: number; b: number; c: number; d: number; e: number; f: number };

const scale = 1_000_000;

/** How the page's coordinates lie on the page as shown: its crop, its origin and its rotation are in it. */
export const affineOf = (pdfium: Pdfium, page: number): Affine =>
	withMemory(pdfium, 8, (out) => {
		const shown = (x: number, y: number): [number, number] => {
			pdfium.FPDF_PageToDevice(page, 0, 0, scale, scale, 0, x, y, out, out + 4);
			return [(pdfium.HEAP32[out / 4] ?? 0) / scale, (pdfium.HEAP32[out / 4 + 1] ?? 0) / scale];
		};
		const reach = 500;
		const [[e, f], [ax, ay], [cx, cy]] = [shown(0, 0), shown(reach, 0), shown(0, reach)];
		return { a: (ax - e) / reach, b: (ay - f) / reach, c: (cx - e) / reach, d: (cy - f) / reach, e, f };
	});

export const mapPoint = ({ a, b, c, d, e, f }: Affine, x: number, y: number): [number, number] => [a * x + c * y + e, b * x + d * y + f];

export type Edges = { left: number; top: number; right: number; bottom: number };

/** The box, as shown, of a rectangle in the page's own coordinates. */
export function mapRectangle(affine: Affine, left: number, bottom: number, right: number, top: number): Edges {
	const [[x1, y1], [x2, y2]] = [mapPoint(affine, left, bottom), mapPoint(affine, right, top)];
	return { left: Math.min(x1, x2), top: Math.min(y1, y2), right: Math.max(x1, x2), bottom: Math.max(y1, y2) };
}

/** Edges after a clockwise turn of the page by so many quarters. */
export function turnEdges({ left, top, right, bottom }: Edges, quarters: number): Edges {
	if (quarters === 1) return { left: 1 - bottom, top: left, right: 1 - top, bottom: right };
	if (quarters === 2) return { left: 1 - right, top: 1 - bottom, right: 1 - left, bottom: 1 - top };
	if (quarters === 3) return { left: top, top: 1 - right, right: bottom, bottom: 1 - left };
	return { left, top, right, bottom };
}

const clip = (value: number): number => Math.min(1, Math.max(0, value));
const round = (value: number): number => Math.round(value * 1e5) / 1e5;

/** The part of the edges that is on the page; null when none is. */
export function boxOf(edges: Edges): Box | null {
	const [left, top, right, bottom] = [clip(edges.left), clip(edges.top), clip(edges.right), clip(edges.bottom)];
	return right > left && bottom > top ? [round(left), round(top), round(right - left), round(bottom - top)] : null;
}
