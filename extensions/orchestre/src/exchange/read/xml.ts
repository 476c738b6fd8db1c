import { Parser } from 'saxen';
import { Unreadable } from './limits.ts';

/** What the caller wants to hear; names come without their prefix. Attributes are decoded. */
export type Handlers = {
	open?: (name: string, attributes: () => Record<string, string>) => void;
	close?: (name: string) => void;
	text?: (words: string) => void;
};

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Walks through a part of a workbook. Entities of a DTD are unknown to the parser, so none can unfold. */
export function walk(xml: string, { open, close, text }: Handlers): void {
	const parser = new Parser();
	parser.on('openTag', (name: string, attributes: () => Record<string, string>, decode: (value: string) => string) => {
		open?.(bare(name), () => Object.fromEntries(Object.entries(attributes()).map(([key, value]) => [key, decode(value)])));
	});
	parser.on('closeTag', (name: string) => close?.(bare(name)));
	parser.on('text', (value: string, decode: (value: string) => string) => text?.(decode(value)));
	parser.on('cdata', (value: string) => text?.(value));
	parser.on('error', () => {
		throw new Unreadable('Ce classeur est endommagé : ouvrez-le dans Excel, enregistrez-le à nouveau, puis réessayez.');
	});
	parser.parse(xml);
}
