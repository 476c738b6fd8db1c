import { sentenceOf } from '../../platform/refusal.ts';
import { useApi } from '@directus/extensions-sdk';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { isForbidden } from '../../platform/record-panel/use-saved-record.ts';
import type { DayAction, DayAnswer, DayData } from './read.ts';

export type DayState = 'loading' | 'ready' | 'forbidden' | 'failed';
/** What was answered last, and may be taken back. */
export type Last = { action: DayAction; state: 'done' | 'snoozed' | 'refused' };

/** The list of a person's day, and the answers to it. `failed`: the words for what could not be saved. */
export function useDay(failed: () => string): {
	state: Ref<DayState>;
	data: ShallowRef<DayData | null>;
	last: ShallowRef<Last | null>;
	refusal: Ref<string | null>;
	busy: Ref<string | null>;
	load: (user?: string | null) => Promise<void>;
	refresh: () => Promise<void>;
	answer: (action: DayAction, body: DayAnswer) => Promise<boolean>;
	undo: (action?: DayAction) => Promise<boolean>;
} {
	const api = useApi();
	const state = ref<DayState>('loading');
	const data: ShallowRef<DayData | null> = shallowRef(null);
	const last: ShallowRef<Last | null> = shallowRef(null);
	const refusal = ref<string | null>(null);
	const busy = ref<string | null>(null);
	let person: string | null = null;
	let latest = 0;

	async function refresh(): Promise<void> {
		const turn = ++latest;
		try {
			const answered = (await api.get('/orchestre/actions', { params: person ? { user: person } : {} })).data.data as DayData;
			if (turn !== latest) return;
			data.value = answered;
			state.value = 'ready';
		} catch (error) {
			if (turn !== latest) return;
			state.value = isForbidden(error) ? 'forbidden' : 'failed';
		}
	}

	async function load(user: string | null = person): Promise<void> {
		person = user;
		state.value = 'loading';
		last.value = null;
		refusal.value = null;
		await refresh();
	}

	async function send(action: DayAction, body: DayAnswer): Promise<boolean> {
		if (busy.value) return false;
		busy.value = action.id;
		refusal.value = null;
		try {
			await api.post(`/orchestre/actions/${action.id}/answer`, body);
			return true;
		} catch (error) {
			refusal.value = sentenceOf(error) ?? failed();
			return false;
		} finally {
			// Whatever came of it, the list shows how things stand: somebody else may have been first.
			await refresh();
			busy.value = null;
		}
	}

	return {
		state,
		data,
		last,
		refusal,
		busy,
		load,
		refresh,
		async answer(action, body) {
			const isSent = await send(action, body);
			last.value = isSent && body.state !== 'open' ? { action, state: body.state } : null;
			return isSent;
		},
		async undo(action = last.value?.action) {
			if (!action) return false;
			const isSent = await send(action, { state: 'open' });
			if (isSent) last.value = null;
			return isSent;
		},
	};
}
