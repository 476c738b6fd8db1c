import { isoOf, toParis } from '../../extensions/orchestre/src/platform/time/paris.ts';

/** `YYYY-MM-DD`, so many days from now, on the calendar of Paris that the product judges by: UTC's is a day behind between midnight and one or two. */
export const dayFromToday = (days: number): string => isoOf(toParis(new Date()).day + days);
