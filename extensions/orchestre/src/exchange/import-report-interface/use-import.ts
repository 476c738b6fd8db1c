import { useApi } from '@directus/extensions-sdk';
import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { sentenceOf } from '../../platform/refusal.ts';
import { isMoving, shownFields, type Button, type ShownImport } from './view.ts';

const everyMs = 1000;
/** After so long without news, work counts as standing still. */
const standsAfterMs = 120_000;

export type ReportState = 'new' | 'loading' | 'failed' | 'ready';

type Use = {
	state: Ref<ReportState>;
	one: ShallowRef<ShownImport | null>;
	stands: Ref<boolean>;
	pressing: Ref<boolean>;
	refusal: Ref<string | null>;
	reload: () => Promise<void>;
	press: (button: Button) => Promise<void>;
};

/** Reads the import once a second for as long as something moves, and each time the form is saved. */
export function useImport(id: () => string | number | null | undefined, saved: () => unknown, fallback: () => string): Use {
	const api = useApi();
	const state = ref<ReportState>('loading');
	const one: ShallowRef<ShownImport | null> = shallowRef(null);
	const stands = ref(false);
	const pressing = ref(false);
	const refusal = ref<string | null>(null);
	let timer: ReturnType<typeof setTimeout> | undefined;
	let turn = 0;
	let seen = '';
	let movedAt = 0;

	function note(read: ShownImport): void {
		const now = JSON.stringify([read.state, read.rows_done, read.rows_kept]);
		if (now !== seen) movedAt = Date.now();
		seen = now;
		stands.value = Date.now() - movedAt > standsAfterMs;
	}

	async function reload(): Promise<void> {
		const mine = ++turn;
		clearTimeout(timer);
		const key = id();
		if (key === undefined || key === null || key === '+') {
			one.value = null;
			state.value = 'new';
			return;
		}
		try {
			const { data } = await api.get(`/items/imports/${encodeURIComponent(String(key))}`, { params: { fields: shownFields } });
			if (mine !== turn) return;
			one.value = data.data as ShownImport;
			note(one.value);
			state.value = 'ready';
		} catch {
			if (mine !== turn) return;
			if (!one.value) state.value = 'failed';
		}
		if (one.value && isMoving(one.value.state)) timer = setTimeout(() => void reload(), everyMs);
	}

	async function press({ command }: Button): Promise<void> {
		if (pressing.value) return;
		pressing.value = true;
		refusal.value = null;
		try {
			await api.post(`/orchestre/imports/${encodeURIComponent(String(id()))}/${command}`);
		} catch (error) {
			refusal.value = sentenceOf(error) ?? fallback();
		}
		pressing.value = false;
		await reload();
	}

	watch([id, saved], () => void reload(), { immediate: true });
	onBeforeUnmount(() => {
		turn += 1;
		clearTimeout(timer);
	});
	return { state, one, stands, pressing, refusal, reload, press };
}
