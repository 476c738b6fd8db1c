import { liquidFor } from './liquid.ts';
import { escapeHtml } from '../../platform/html.ts';
import { fromHtml, isHtml, toHtml } from './html.ts';
import { sentenceOf, unknownVariable } from './template-faults.ts';
import { isVariable, scopeOf, variables, type Scope, type Values, type Variable } from './variables.ts';

export type Draft = { subject: string | null; body: string };
/** `missing`: variables of the text that this person has no value for. `faults`: French, the author's to mend. */
export type Rendered = { subject: string; text: string; html: string; missing: Variable[]; faults: string[] };

type Part = { output: string; missing: Variable[]; faults: string[] };

const undefinedVariable = /undefined variable: ([\w.-]+)/;

/** Puts a mark where a value is missing, so that rendering goes on and finds the next one. */
function mark(scope: Scope, path: Variable): Scope {
	const [group = '', name = ''] = path.split('.');
	return { ...scope, [group]: { ...scope[group], [name]: `[${variables[path]} ?]` } };
}

function renderPart(source: string, kind: 'plain' | 'html', values: Scope): Part {
	const missing: Variable[] = [];
	let scope = values;
	for (;;) {
		try {
			return { output: String(liquidFor(kind).parseAndRenderSync(source, scope)), missing, faults: [] };
		} catch (error) {
			const path = undefinedVariable.exec((error as Error).message ?? '')?.[1];
			if (!path) return { output: '', missing, faults: [sentenceOf(error)] };
			if (!isVariable(path) || missing.includes(path)) return { output: '', missing, faults: [unknownVariable(path)] };
			missing.push(path);
			scope = mark(scope, path);
		}
	}
}

/** The subject is one line: whatever a value brings along, it cannot start another header. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

/**
 * A message for one person: subject, plain text and HTML. A body with HTML tags is HTML, and every value in it is escaped; any other
 * body is plain text, of which the HTML is made. A missing value is named and never leaves a gap in silence; `default` and `if`
 * say what to write without it.
 */
export function renderMessage({ subject, body }: Draft, values: Values): Rendered {
	const scope = scopeOf(values);
	const html = isHtml(body);
	const parts = [renderPart(subject ?? '', 'plain', scope), renderPart(body, html ? 'html' : 'plain', scope)] as const;
	const [head, text] = parts;
	return {
		subject: oneLine(head.output),
		text: html ? fromHtml(text.output) : text.output.trim(),
		html: html ? text.output : toHtml(text.output.trim()),
		missing: [...new Set(parts.flatMap(({ missing }) => missing))],
		faults: [...new Set(parts.flatMap(({ faults }) => faults))],
	};
}

/** What stands below every message: who writes, and how not to be written to any more (CPCE L34-5). */
export function withFooter(message: Pick<Rendered, 'text' | 'html'>, sender: string, link: string): { text: string; html: string } {
	const who = `Ce message vous est adressé par ${sender}.`;
	return {
		text: `${message.text}\n\n--\n${who}\nPour ne plus recevoir nos messages : ${link}\n`,
		html: `${message.html}\n<p style="margin-top:32px;color:#6b7280;font-size:12px">${escapeHtml(who)} <a href="${escapeHtml(link)}" style="color:#6b7280">Ne plus recevoir nos messages</a></p>`,
	};
}
