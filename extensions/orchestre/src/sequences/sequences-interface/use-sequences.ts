import { useApi } from '@directus/extensions-sdk';
import { inject, ref, shallowRef, watch, type Ref } from 'vue';
import type { Overview } from '../rules/panel.ts';

export type SequenceProps = { collection: string; primaryKey?: string | number | null; batchMode?: boolean };
export type SequenceState = 'new' | 'batch' | 'loading' | 'forbidden' | 'failed' | 'ready';

type ApiError = { response?: { status?: number; data?: { errors?: { message?: string }[] } } } | null;

const statusOf = (error: unknown): number | undefined => (error as ApiError)?.response?.status;
const messageOf = (error: unknown): string | null => (error as ApiError)?.response?.data?.errors?.[0]?.message ?? null;

/** A record's sequences as they stand, and what a person does with them; read again after each save and each action. */
export function useSequences(props: SequenceProps) {
	const api = useApi();
	const values = inject<Ref<Record<string, unknown>>>('values', ref({}));
	const state = ref<SequenceState>('loading');
	const overview = shallowRef<Overview | null>(null);
	const busy = ref(false);
	/** What the last action said; `fault` when it was refused. */
	const answer = ref<{ text: string; fault: boolean } | null>(null);
	let latest = 0;

	async function reload(): Promise<void> {
		const turn = ++latest;
		const id = props.primaryKey;
		if (props.batchMode || id === undefined || id === null || id === '+') {
			state.value = props.batchMode ? 'batch' : 'new';
			return;
		}
		if (overview.value === null) state.value = 'loading';
		try {
			const read = (await api.get(`/orchestre/${props.collection}/${encodeURIComponent(String(id))}/sequences`)).data.data as Overview;
			if (turn !== latest) return;
			overview.value = read;
			state.value = 'ready';
		} catch (error) {
			if (turn !== latest) return;
			state.value = statusOf(error) === 403 || statusOf(error) === 401 ? 'forbidden' : 'failed';
		}
	}

	async function post(path: string, body: unknown, failed: string): Promise<void> {
		if (busy.value) return;
		busy.value = true;
		answer.value = null;
		try {
			const { data } = await api.post(path, body);
			const { summary, refused } = data.data as { summary: string; refused?: unknown[] };
			answer.value = { text: summary, fault: (refused?.length ?? 0) > 0 };
		} catch (error) {
			answer.value = { text: messageOf(error) ?? failed, fault: true };
		} finally {
			busy.value = false;
			await reload();
		}
	}

	watch([() => props.primaryKey, () => props.batchMode, () => values.value['date_updated']], () => void reload(), { immediate: true });

	return {
		state,
		overview,
		busy,
		answer,
		reload,
		start: (sequence: string, failed: string) =>
			post(`/orchestre/sequences/${sequence}/start`, { collection: props.collection, keys: [props.primaryKey] }, failed),
		act: (run: string, action: string, failed: string) => post(`/orchestre/sequence-runs/${run}/${action}`, {}, failed),
	};
}
