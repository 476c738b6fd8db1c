import { useApi } from '@directus/extensions-sdk';
import { computed, inject, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';

/** What Directus's form gives to every interface, as far as these panels use it. */
export type PanelProps = { primaryKey?: string | number | null; batchMode?: boolean };

export type PanelState = 'new' | 'batch' | 'loading' | 'forbidden' | 'failed' | 'ready';

/** Reads one of Directus's API paths: what stands under `data`. */
export type Get = <T>(path: string, params?: Record<string, string>) => Promise<T>;

const formSays = ['date_updated', 'scored_at', 'assigned_at'];
const formIsEmpty = formSays.map(() => String(undefined)).join();

/** Whether Directus refused a request for want of rights (it answers so for a field, and for a row out of reach). */
export function isForbidden(error: unknown): boolean {
	const status = (error as { response?: { status?: number } } | null)?.response?.status;
	return status === 401 || status === 403;
}

/**
 * The row as it is saved, read again each time the form has saved it. The panels show what was decided, so edits that
 * are not saved yet do not count. What is on the screen stays there while the next answer is under way.
 */
export function useSavedRecord<Row>(
	props: PanelProps,
	read: (get: Get, id: string) => Promise<Row>,
): { state: Ref<PanelState>; record: ShallowRef<Row | null>; reload: () => Promise<void> } {
	const api = useApi();
	const values = inject<Ref<Record<string, unknown>>>('values', ref({}));
	const record: ShallowRef<Row | null> = shallowRef(null);
	const state = ref<PanelState>('loading');
	const saved = computed(() => formSays.map((field) => String(values.value[field])).join());
	let latest = 0;

	const get: Get = async <T>(path: string, params?: Record<string, string>) => (await api.get(path, { params })).data.data as T;

	async function reload(): Promise<void> {
		const turn = ++latest;
		const id = props.primaryKey;
		if (props.batchMode || id === undefined || id === null || id === '+') {
			record.value = null;
			state.value = props.batchMode ? 'batch' : 'new';
			return;
		}
		if (record.value === null) state.value = 'loading';
		try {
			const answer = await read(get, String(id));
			if (turn !== latest) return;
			record.value = answer;
			state.value = 'ready';
		} catch (error) {
			if (turn !== latest) return;
			record.value = null;
			state.value = isForbidden(error) ? 'forbidden' : 'failed';
		}
	}

	watch(
		[() => props.primaryKey, () => props.batchMode],
		() => {
			record.value = null;
			void reload();
		},
		{ immediate: true },
	);
	watch(saved, (_, before) => {
		// The form is just getting its values: nothing was saved.
		if (before !== formIsEmpty) void reload();
	});
	return { state, record, reload };
}
