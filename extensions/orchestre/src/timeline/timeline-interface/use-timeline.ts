import { useApi } from '@directus/extensions-sdk';
import { computed, inject, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { isForbidden, type PanelProps, type PanelState } from '../../platform/record-panel/use-saved-record.ts';
import { changes } from '../changes.ts';
import type { Kind, TimelineEvent, TimelinePage } from '../rules/types.ts';

export type FormProps = PanelProps & { collection: string };

/** Keys of one form's record; null while there is none yet, or when many are changed at once. */
export const keyOf = ({ primaryKey, batchMode }: PanelProps): string | null =>
	batchMode || primaryKey === undefined || primaryKey === null || primaryKey === '+' ? null : String(primaryKey);

type Timeline = {
	state: Ref<PanelState>;
	events: ShallowRef<TimelineEvent[]>;
	kinds: ShallowRef<Kind[]>;
	chosen: Ref<Kind | null>;
	/** Whether there is more to tell; whether it is being read, and whether that failed. */
	hasMore: Ref<boolean>;
	reading: Ref<boolean>;
	broken: Ref<boolean>;
	more: () => Promise<void>;
	reload: () => Promise<void>;
};

/** The record's timeline as the server tells it, page by page; read again when the form is saved. */
export function useTimeline(props: FormProps): Timeline {
	const api = useApi();
	const values = inject<Ref<Record<string, unknown>>>('values', ref({}));
	const state = ref<PanelState>('loading');
	const events: ShallowRef<TimelineEvent[]> = shallowRef([]);
	const kinds: ShallowRef<Kind[]> = shallowRef([]);
	const chosen = ref<Kind | null>(null);
	const next = ref<string | null>(null);
	const reading = ref(false);
	const broken = ref(false);
	let turn = 0;

	async function read(before: string | null): Promise<void> {
		const mine = ++turn;
		const key = keyOf(props);
		if (key === null) {
			state.value = props.batchMode ? 'batch' : 'new';
			return;
		}
		reading.value = true;
		broken.value = false;
		try {
			const params = { ...(chosen.value && { kinds: chosen.value }), ...(before && { before }) };
			const { data } = await api.get(`/orchestre/timeline/${props.collection}/${encodeURIComponent(key)}`, { params });
			if (mine !== turn) return;
			const page = data.data as TimelinePage;
			const known = new Set(before ? events.value.map((event) => event.key) : []);
			events.value = before ? [...events.value, ...page.events.filter((event) => !known.has(event.key))] : page.events;
			[next.value, kinds.value, state.value] = [page.next, page.kinds, 'ready'];
		} catch (error) {
			if (mine !== turn) return;
			if (state.value === 'ready') broken.value = true;
			else state.value = isForbidden(error) ? 'forbidden' : 'failed';
		}
		reading.value = false;
	}

	const reload = (): Promise<void> => read(null);
	watch(
		[() => props.collection, () => props.primaryKey, () => props.batchMode],
		() => {
			[state.value, events.value, next.value, chosen.value] = ['loading', [], null, null];
			void reload();
		},
		{ immediate: true },
	);
	watch([chosen, changes], () => void reload());
	watch(
		() => String(values.value['date_updated']),
		(_, before) => {
			// The form is just getting its values: nothing was saved.
			if (before !== String(undefined)) void reload();
		},
	);
	return { state, events, kinds, chosen, hasMore: computed(() => next.value !== null), reading, broken, more: () => read(next.value), reload };
}
