import type { KpiDefinition } from '../types.ts';
import { automation } from './automation.ts';
import { breakdowns } from './breakdowns.ts';
import { delivery } from './delivery.ts';
import { finance } from './finance.ts';
import { forecast } from './forecast.ts';
import { funnel } from './funnel.ts';
import { gains } from './gains.ts';
import { leads } from './leads.ts';
import { marketing } from './marketing.ts';
import { pipelineHealth } from './pipeline-health.ts';
import { pipeline } from './pipeline.ts';
import { recurring } from './recurring.ts';
import { sales } from './sales.ts';
import { success } from './success.ts';

/** Every KPI of the product, in the order of the list. A file's definitions are added here, and nowhere else. */
export const definitions: readonly KpiDefinition[] = [
	...sales,
	...pipeline,
	...pipelineHealth,
	...funnel,
	...leads,
	...marketing,
	...finance,
	...recurring,
	...success,
	...delivery,
	...automation,
	...forecast,
	...gains,
	...breakdowns,
];

export const definitionOf = (key: string): KpiDefinition | undefined => definitions.find((one) => one.key === key);
