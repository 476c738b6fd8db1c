import { useApi } from '@directus/extensions-sdk';
import { computed, inject, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { columns, kinds, type Kind } from '../rules/kinds.ts';
import type { Similar } from '../similar.ts';

/** A pause in the typing after which it is worth asking, in ms. */
const pause = 450;

export const kindOf = (collection: string | undefined): Kind | null => kinds.find((kind) => kind === collection) ?? null;

/** `mergedInto`: the record that a merge has kept instead of this one. */
type Use = { found: ShallowRef<Similar[]>; mergedInto: ComputedRef<string | null> };

/**
 * Records that may be the one in the form, asked again each time somebody stops typing. A form that says too little asks nothing, and
 * an answer that fails says nothing: nobody's work waits for this.
 */
export function useSimilar(collection: () => string | undefined, id: () => string | null): Use {
	const api = useApi();
	const values = inject<Ref<Record<string, unknown>>>('values', ref({}));
	const found: ShallowRef<Similar[]> = shallowRef([]);
	let timer: ReturnType<typeof setTimeout> | undefined;
	let turn = 0;

	const mergedInto = computed(() => {
		const kept = values.value['merged_into'];
		return typeof kept === 'string' ? kept : ((kept as { id?: string } | null | undefined)?.id ?? null);
	});
	const typed = computed(() => {
		const kind = kindOf(collection());
		if (!kind || values.value['archived']) return null;
		const words = Object.fromEntries(
			columns[kind].flatMap((column) => (typeof values.value[column] === 'string' && values.value[column] ? [[column, values.value[column]]] : [])),
		);
		const says = ['name', 'last_name', 'email', 'phone', 'mobile', 'siren', 'website', 'company_name'].some((column) => String(words[column] ?? '').length > 2);
		return says ? JSON.stringify({ collection: kind, id: id(), values: words }) : null;
	});

	async function look(body: string): Promise<void> {
		const mine = ++turn;
		const answer = await api.post('/orchestre/duplicates/similar', JSON.parse(body)).catch(() => null);
		if (mine === turn) found.value = (answer?.data.data as Similar[] | undefined) ?? [];
	}

	watch(
		typed,
		(body) => {
			clearTimeout(timer);
			if (body) timer = setTimeout(() => void look(body), pause);
			else found.value = [];
			if (!body) turn++;
		},
		{ immediate: true },
	);
	onBeforeUnmount(() => clearTimeout(timer));
	return { found, mergedInto };
}
