import { defineHook } from '@directus/extensions-sdk';
import './fit/job.ts';
import './routes.ts';

/** Wiring of the review of documents (docs/decisions/124): its routes and the nightly fit are declared by their modules. */
export default defineHook(() => {});
