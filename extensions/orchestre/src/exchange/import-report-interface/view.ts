import type { ImportState, Report } from '../row.ts';

/** What the panel reads of an import. */
export type ShownImport = {
	state: ImportState;
	target: 'leads' | 'companies' | 'people';
	rows_total: number;
	rows_good: number;
	rows_bad: number;
	rows_done: number;
	rows_kept: number;
	report: Report | null;
};

export const shownFields = 'state,target,rows_total,rows_good,rows_bad,rows_done,rows_kept,report';

export type ButtonName = 'good' | 'confirm' | 'resume' | 'cancel' | 'undo' | 'again';
export type Button = { name: ButtonName; command: 'start' | 'cancel' | 'undo'; main: boolean };

export const isMoving = (state: ImportState): boolean => state === 'checking' || state === 'running' || state === 'undoing';

/** The buttons that make sense now. `stands`: nothing has moved for a while, so work that was given up can be taken up again. */
export function buttonsOf({ state, rows_good, rows_bad, rows_done, report }: ShownImport, stands: boolean): Button[] {
	const buttons: Button[] = [];
	const faulty = rows_bad > 0 || (report?.faultCount ?? 0) > 0;
	if (state === 'refused' && rows_good > 0) buttons.push({ name: faulty ? 'good' : 'confirm', command: 'start', main: true });
	if (state === 'cancelled' || (stands && isMoving(state))) buttons.push({ name: 'resume', command: 'start', main: true });
	if (state === 'failed' || state === 'undone') buttons.push({ name: 'again', command: 'start', main: state === 'failed' });
	if (state === 'checking' || state === 'running') buttons.push({ name: 'cancel', command: 'cancel', main: false });
	if (rows_done > 0 && (state === 'done' || state === 'cancelled')) buttons.push({ name: 'undo', command: 'undo', main: false });
	return buttons;
}

/** How far the work is, 0 to 100; null while that is not known. */
export function percentOf({ state, rows_good, rows_done }: ShownImport): number | null {
	if (state === 'checking' || rows_good === 0) return null;
	return Math.min(100, Math.floor((rows_done / rows_good) * 100));
}
