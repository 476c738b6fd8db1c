import type { Plan } from './rules/types.ts';

const cell = (text: string): string => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Headers of a file to fill in, as a French Excel opens it: semicolons, and a mark that says UTF-8. */
export const templateOf = ({ fields }: Plan): string =>
	`\uFEFF${fields
		.filter(({ allowed }) => allowed)
		.map(({ label }) => cell(label))
		.join(';')}\r\n`;
