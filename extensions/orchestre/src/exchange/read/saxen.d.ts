/** What is used of saxen, which ships no types. */
declare module 'saxen' {
	type Decode = (text: string) => string;
	export class Parser {
		on(event: 'openTag', handle: (name: string, attributes: () => Record<string, string>, decode: Decode, selfClosing: boolean) => void): this;
		on(event: 'closeTag', handle: (name: string, decode: Decode, selfClosing: boolean) => void): this;
		on(event: 'text', handle: (value: string, decode: Decode) => void): this;
		on(event: 'cdata', handle: (value: string) => void): this;
		on(event: 'attention', handle: (value: string) => void): this;
		on(event: 'error' | 'warn', handle: (error: Error) => void): this;
		parse(xml: string): void;
	}
}
