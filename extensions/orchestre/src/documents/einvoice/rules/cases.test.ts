import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInvoice } from '../read/index.ts';
import { areThere, eInvoices, filesIn } from '../shared-data.ts';
import type { Element } from '../xml/tree.ts';
import { child, childrenOf, parseXml } from '../xml/tree.ts';
import { rules } from './index.ts';

/** The rules that CEN's cases try and that are not checked here, with why (decision 121). */
const leftOut = [
	// Lists of hundreds of codes that change nothing of what is filed.
	'BR-CL-07',
	'BR-CL-13',
	'BR-CL-20',
	'BR-CL-23',
	// Rules of UBL's own syntax, most of them on how often an element may stand.
	'UBL-DT-01',
	'UBL-DT-06',
	'UBL-DT-07',
	'UBL-SR-12',
	'UBL-SR-18',
	'UBL-SR-42',
	'UBL-SR-43',
	'UBL-SR-44',
	'UBL-SR-47',
];

type Case = { file: string; place: number; code: string; breaks: boolean; document: Element };

function casesOf(file: string): Case[] {
	const { root } = parseXml(readFileSync(join(eInvoices, file), 'utf8'));
	return childrenOf(root, 'test').flatMap((test, index) => {
		const asserts = child(test, 'assert')?.children.filter((one) => one.name === 'success' || one.name === 'error') ?? [];
		const document = test.children.find((one) => one.name !== 'assert');
		return document ? asserts.map((one) => ({ file, place: index + 1, code: one.text, breaks: one.name === 'error', document })) : [];
	});
}

const files = ['Invoice-unit-UBL', 'CreditNote-unit-UBL', 'cii'].flatMap((folder) => filesIn(`en16931/test/${folder}`, /\.xml$/));
const cases = files.flatMap(casesOf);
const byCode = new Map(rules.map((rule) => [rule.code, rule]));

describe.skipIf(!areThere)('the cases that CEN publishes for its rules', () => {
	it('give the verdict that CEN gives, wherever the rule is checked here', () => {
		const wrong = cases.flatMap(({ file, place, code, breaks, document }) => {
			const rule = byCode.get(code);
			const invoice = readInvoice(document);
			if (!rule) return [];
			if (!invoice) return [`${file} ${place}: not read`];
			return rule.check(invoice).length > 0 === breaks ? [] : [`${file} ${place}: ${code} should ${breaks ? '' : 'not '}be broken`];
		});
		expect(wrong).toEqual([]);
	});

	it('are checked but for the lists and the rules of syntax that are left out on purpose', () => {
		const missing = new Set(cases.map((one) => one.code).filter((code) => !byCode.has(code)));
		expect([...missing].sort()).toEqual([...leftOut].sort());
		const covered = cases.filter((one) => byCode.has(one.code)).length;
		process.stderr.write(`○ EN 16931: ${covered} of ${cases.length} cases in ${files.length} files are of rules that are checked here.\n`);
		expect(covered / cases.length).toBeGreaterThan(0.95);
	});

	it('have every calculation rule and every rule of the nine VAT categories among them', () => {
		const all = new Set(cases.map((one) => one.code).filter((code) => /^BR-(CO|S|Z|E|AE|IC|G|O|AF|AG)-/.test(code)));
		expect(all.size).toBeGreaterThan(100);
		expect([...all].filter((code) => !byCode.has(code))).toEqual([]);
	});
});
