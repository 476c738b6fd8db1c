/** `22/11/2026` of `2026-11-22`. */
export const frenchDay = (iso: string): string => iso.slice(0, 10).split('-').toReversed().join('/');
