/**
 * npm run kpis -- --rebuild: computes all kept results anew, two years back. npm run kpis -- --kpi mrr --as-of 2026-06-30 [--period month]: what
 * a KPI was, as it was known at the end of that day; writes nothing.
 */
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { computeKpis } from '../extensions/orchestre/src/analytics/kpis/compute.ts';
import { definitionOf, definitions } from '../extensions/orchestre/src/analytics/kpis/definitions/index.ts';
import { namesOf } from '../extensions/orchestre/src/analytics/kpis/read/whose.ts';
import { periodKinds, periodName, readPeriod } from '../extensions/orchestre/src/analytics/kpis/rules/periods.ts';
import { valueText } from '../extensions/orchestre/src/analytics/kpis/rules/value.ts';
import { decimalsOf } from '../extensions/orchestre/src/analytics/kpis/seed-row.ts';
import { wholeTurn } from '../extensions/orchestre/src/analytics/kpis/turn.ts';
import { dayMs, fromParis } from '../extensions/orchestre/src/platform/time/paris.ts';
import { connect } from './support/database.ts';
import { readEnvironment, root } from './support/environment.mjs';

const usage = 'Utilisation : npm run kpis -- --rebuild, ou npm run kpis -- --kpi mrr --as-of 2026-06-30 [--period month]';

async function rebuild(database: Knex): Promise<void> {
	const started = performance.now();
	const { figures, written, deleted } = await database.transaction((trx) => wholeTurn(trx));
	const seconds = Math.round((performance.now() - started) / 100) / 10;
	console.log(`${figures} résultats calculés en ${String(seconds).replace('.', ',')} s : ${written} écrits, ${deleted} retirés.`);
}

async function show(database: Knex, key: string, asOf: string, kind: string): Promise<void> {
	const definition = definitionOf(key);
	if (!definition) throw new Error(`L’indicateur « ${key} » n’existe pas. Au choix : ${definitions.map((one) => one.key).join(', ')}.`);
	const known = periodKinds.find((one) => one === kind);
	const period = known ? readPeriod(known, asOf) : null;
	if (!period) throw new Error(usage);
	const end = new Date(fromParis(Date.parse(`${asOf}T00:00:00Z`) / dayMs + 1, 0).getTime() - 1);
	const computed = await computeKpis(database, [{ definition, periods: [period] }], end);
	console.log(`${definition.name}, ${periodName(period)}, tel que connu le ${asOf} au soir\n${definition.formula}`);
	for (const scope of definition.scopes) {
		const ones = computed.filter((one) => one.scope === scope);
		const names = await namesOf(
			database,
			scope,
			ones.map((one) => one.key),
		);
		for (const { key: whose, value, numerator, denominator, cases } of ones) {
			const text = value === null ? 'pas assez de données' : valueText(value, definition.unit, decimalsOf(definition));
			console.log(`  ${names.get(whose) ?? whose} : ${text} (${denominator === null ? numerator : `${numerator} ÷ ${denominator}`}, ${cases} cas)`);
		}
	}
}

process.chdir(root);
const database = connect(readEnvironment());
try {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({ options: { rebuild: { type: 'boolean', default: false }, kpi: text, 'as-of': text, period: { ...text, default: 'month' } } });
	if (values.rebuild) await rebuild(database);
	else if (values.kpi && values['as-of']) await show(database, values.kpi, values['as-of'], values.period);
	else throw new Error(usage);
} catch (error) {
	console.error(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
} finally {
	await database.destroy();
}
