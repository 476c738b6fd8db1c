import { useApi } from '@directus/extensions-sdk';
import { inject, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { isForbidden, type PanelState } from '../../platform/record-panel/use-saved-record.ts';
import { changes } from '../changes.ts';
import type { Next } from '../next/facts.ts';
import { keyOf, type FormProps } from '../timeline-interface/use-timeline.ts';

/** The record's next action; read again when the form is saved, and when a panel of the form has written something. */
export function useNext(props: FormProps): { state: Ref<PanelState>; next: ShallowRef<Next | null>; reload: () => Promise<void> } {
	const api = useApi();
	const values = inject<Ref<Record<string, unknown>>>('values', ref({}));
	const state = ref<PanelState>('loading');
	const next: ShallowRef<Next | null> = shallowRef(null);
	let turn = 0;

	async function reload(): Promise<void> {
		const mine = ++turn;
		const key = keyOf(props);
		if (key === null) {
			state.value = props.batchMode ? 'batch' : 'new';
			return;
		}
		try {
			const { data } = await api.get(`/orchestre/next-action/${props.collection}/${encodeURIComponent(key)}`);
			if (mine === turn) [next.value, state.value] = [data.data as Next, 'ready'];
		} catch (error) {
			if (mine === turn) state.value = isForbidden(error) ? 'forbidden' : 'failed';
		}
	}

	watch(
		[() => props.collection, () => props.primaryKey, () => props.batchMode],
		() => {
			[state.value, next.value] = ['loading', null];
			void reload();
		},
		{ immediate: true },
	);
	watch([changes, () => String(values.value['date_updated'])], ([count], [before, stamp]) => {
		if (count !== before || stamp !== String(undefined)) void reload();
	});
	return { state, next, reload };
}
