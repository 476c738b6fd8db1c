import { useApi } from '@directus/extensions-sdk';
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { sentenceOf } from '../../platform/refusal.ts';
import type { Preview } from '../merge/preview.ts';
import type { Side } from '../rules/choose.ts';

export type MergeState = 'loading' | 'failed' | 'ready';
export type Act = 'merge' | 'reject' | 'undo';

type Use = {
	state: Ref<MergeState>;
	preview: ShallowRef<Preview | null>;
	choices: Ref<Record<string, Side>>;
	acting: Ref<Act | null>;
	refusal: Ref<string | null>;
	reload: (keep?: string) => Promise<void>;
	act: (what: Act) => Promise<void>;
};

/** The comparison of a pair, the choices made on it, and what its buttons do. */
export function useMerge(id: () => string | number | null | undefined, fallback: () => string): Use {
	const api = useApi();
	const state = ref<MergeState>('loading');
	const preview: ShallowRef<Preview | null> = shallowRef(null);
	const choices = ref<Record<string, Side>>({});
	const acting = ref<Act | null>(null);
	const refusal = ref<string | null>(null);
	let turn = 0;
	const path = (): string => `/orchestre/duplicates/${encodeURIComponent(String(id()))}`;

	async function reload(keep?: string): Promise<void> {
		const mine = ++turn;
		refusal.value = null;
		// The form is new to the page, and does not say yet which pair it is about.
		if (!id() || id() === '+') return;
		try {
			const { data } = await api.get(path(), { params: keep ? { keep } : {} });
			if (mine !== turn) return;
			preview.value = data.data as Preview;
			choices.value = Object.fromEntries(preview.value.lines.map(({ field, side }) => [field, side]));
			state.value = 'ready';
		} catch (error) {
			if (mine !== turn) return;
			refusal.value = sentenceOf(error);
			state.value = 'failed';
		}
	}

	async function act(what: Act): Promise<void> {
		if (acting.value) return;
		acting.value = what;
		refusal.value = null;
		try {
			await api.post(`${path()}/${what}`, what === 'merge' ? { keep: preview.value?.kept.id, choices: choices.value } : {});
			await reload();
		} catch (error) {
			refusal.value = sentenceOf(error) ?? fallback();
		} finally {
			acting.value = null;
		}
	}

	watch(
		id,
		() => {
			state.value = 'loading';
			void reload();
		},
		{ immediate: true },
	);
	return { state, preview, choices, acting, refusal, reload, act };
}
