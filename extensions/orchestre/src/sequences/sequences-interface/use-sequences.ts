import { useApi } from '@directus/extensions-sdk';
import { ref } from 'vue';
import { useSavedRecord, type PanelProps } from '../../platform/record-panel/use-saved-record.ts';
import { sentenceOf } from '../../platform/refusal.ts';
import type { Overview } from '../rules/panel.ts';

export type SequenceProps = PanelProps & { collection: string };

/** A record's sequences as they stand, and what a person does with them; read again after each save and each action. */
export function useSequences(props: SequenceProps) {
	const api = useApi();
	const busy = ref(false);
	/** What the last action said; `fault` when it was refused. */
	const answer = ref<{ text: string; fault: boolean } | null>(null);
	const {
		state,
		record: overview,
		reload,
	} = useSavedRecord(props, (get, id) => get<Overview>(`/orchestre/${props.collection}/${encodeURIComponent(id)}/sequences`));

	async function post(path: string, body: unknown, failed: string): Promise<void> {
		if (busy.value) return;
		busy.value = true;
		answer.value = null;
		try {
			const { data } = await api.post(path, body);
			const { summary, refused } = data.data as { summary: string; refused?: unknown[] };
			answer.value = { text: summary, fault: (refused?.length ?? 0) > 0 };
		} catch (error) {
			answer.value = { text: sentenceOf(error) ?? failed, fault: true };
		} finally {
			busy.value = false;
			await reload();
		}
	}

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
