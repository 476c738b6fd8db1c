/** The role Direction (seeds/ids.ts). */
export const directionRole = '0a000000-0000-4000-8000-000000000002';
/** The role Manager. */
export const managerRole = '0a000000-0000-4000-8000-000000000003';
