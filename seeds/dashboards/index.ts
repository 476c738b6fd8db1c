import { automation } from './automation.ts';
import { commercial } from './commercial.ts';
import { direction } from './direction.ts';
import { finance } from './finance.ts';
import { manager } from './manager.ts';
import { operations } from './operations.ts';
import { success } from './success.ts';
import type { DashboardSeed } from './types.ts';

/** The seven dashboards, in the order of their numbers. */
export const dashboards: readonly DashboardSeed[] = [commercial, manager, direction, finance, success, automation, operations];
