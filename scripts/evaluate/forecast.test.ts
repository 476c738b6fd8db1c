import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateMaven } from './forecast.ts';

const folder = join(resolve(process.env['SHARED_DIR'] ?? '../shared'), 'data', 'crm-sales-opportunities');
if (!existsSync(folder)) console.warn(`○ The CRM data set is not at ${folder} (SHARED_DIR names the folder that has data/ in it): its test is skipped.`);

describe.skipIf(!existsSync(folder))('on the public CRM data set', () => {
	it('the forecast is far nearer than the weighted sum, not behind the plain mean, and its bands hold', () => {
		const [overall] = evaluateMaven(folder, 200);
		expect(overall?.trials).toBe(33);
		expect(overall?.mape).toBeLessThan(0.25);
		expect(overall?.mape).toBeLessThan((overall?.naiveMape ?? 0) / 3);
		expect(overall?.mape).toBeLessThan((overall?.recentMape ?? 0) + 0.02);
		expect(Math.abs(overall?.bias ?? 1)).toBeLessThan(0.15);
		expect(overall?.coverage).toBeGreaterThan(0.75);
	});
});
