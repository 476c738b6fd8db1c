import { toParis } from '../../platform/time/paris.ts';
import { now as clockNow } from '../../platform/clock.ts';

/** Today in Paris, as a day number. */
export const clockNowDay = (): number => toParis(clockNow()).day;
