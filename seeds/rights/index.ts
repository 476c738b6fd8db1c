import { analyticsRights } from './analytics.ts';
import { commercialRights } from './commercial.ts';
import { coreRights } from './core.ts';
import { directusRights } from './directus.ts';
import { financeRights } from './finance.ts';
import { leadRights } from './leads.ts';
import { operationsRights } from './operations.ts';
import { planningRights } from './plans.ts';
import { systemRights } from './system.ts';
import type { Rights } from './words.ts';

/** All rights of all limited roles: one table per family of collections. */
export const rights: Rights = {
	...leadRights,
	...commercialRights,
	...coreRights,
	...planningRights,
	...financeRights,
	...operationsRights,
	...analyticsRights,
	...systemRights,
	...directusRights,
};
