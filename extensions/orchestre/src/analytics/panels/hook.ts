import { defineHook } from '@directus/extensions-sdk';
import './routes.ts';

/** Wiring of what the dashboards show (docs/decisions/126). */
export default defineHook(() => {});
