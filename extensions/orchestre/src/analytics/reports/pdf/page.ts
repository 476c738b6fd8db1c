/** Measures in points; A4. */
export const page = { width: 595.28, height: 841.89, margin: 48 } as const;
export const inner = page.width - 2 * page.margin;

export const inks = { text: '#172940', soft: '#5B6B7F', line: '#D8DEE6', brand: '#2F6FED', good: '#1E7F4B', bad: '#B3261E', pale: '#EEF2F8' } as const;

/** The fonts that every reader brings: nothing to embed for a report. */
export const fonts = { text: 'Helvetica', bold: 'Helvetica-Bold' } as const;

/** Those fonts know Windows's letters: French is among them, the narrow no-break space is not; nor is the true minus, which minus.ts draws. */
export const printable = (text: string): string => text.replaceAll('\u202f', '\u00a0').replaceAll(/[^−\u0020-\u007e\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\n]/g, '?'); // prettier-ignore
