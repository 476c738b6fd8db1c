import { useApi } from '@directus/extensions-sdk';
import { ref, type Ref } from 'vue';
import type { About } from '../rules/types.ts';
import { useWriting } from './use-writing.ts';

export const logKinds = ['call', 'email', 'meeting', 'visit', 'sms'] as const;
export type LogKind = (typeof logKinds)[number];
export const outcomes = ['reached', 'no_answer', 'message_left', 'meeting_booked', 'wrong_contact'] as const;
export type Outcome = (typeof outcomes)[number];
export type Direction = 'outbound' | 'inbound';
export type Entry = { kind: LogKind; direction: Direction; outcome: Outcome | null; note: string; subject: string };

/** Writes interactions, so in the caller's name and with their rights. `done` names the last one, until it is taken back. */
export function useLog(about: () => About): {
	saving: Ref<boolean>;
	refusal: Ref<string | null>;
	done: Ref<string | null>;
	save: (entry: Entry, fallback: string) => Promise<boolean>;
	takeBack: (fallback: string) => Promise<boolean>;
} {
	const api = useApi();
	const done = ref<string | null>(null);
	const { saving, refusal, attempt } = useWriting();

	const save = ({ kind, direction, outcome, note, subject }: Entry, fallback: string): Promise<boolean> =>
		attempt(async () => {
			const text = note.trim();
			const row = { kind, direction, subject, at: new Date().toISOString(), ...(outcome && { outcome }), ...(text && { summary: text }), ...about() };
			const { data } = await api.post('/items/interactions', row, { params: { fields: 'id' } });
			done.value = (data.data as { id: string }).id;
		}, fallback);

	const takeBack = (fallback: string): Promise<boolean> =>
		attempt(async () => {
			await api.delete(`/items/interactions/${encodeURIComponent(String(done.value))}`);
			done.value = null;
		}, fallback);

	return { saving, refusal, done, save, takeBack };
}
