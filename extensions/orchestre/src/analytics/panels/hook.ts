import { defineHook } from '@directus/extensions-sdk';
import '../panel-data/index.ts';
import './read-actions.ts';
import './read-bar.ts';
import './read-forecast.ts';
import './read-funnel.ts';
import './read-health.ts';
import './read-kpis.ts';
import './read-team.ts';
import './routes.ts';

/** Wiring of what the dashboards show (docs/decisions/126). */
export default defineHook(() => {});
