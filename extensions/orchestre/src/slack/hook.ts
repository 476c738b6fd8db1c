import { defineHook } from '@directus/extensions-sdk';
import { usePublicUrl } from './wiring.ts';
import './messages.ts';

/** Wiring of the Slack room (docs/decisions/115). */
export default defineHook((_register, { env }) => usePublicUrl(env['PUBLIC_URL']));
