import { useApi } from '@directus/extensions-sdk';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Language } from '../../platform/amount.ts';
import { isForbidden } from '../../platform/record-panel/use-saved-record.ts';
import { sentenceOf } from '../../platform/refusal.ts';
import type { AsClass, Decided, OpenDocument, PassedOn, Queue, Recipient } from '../review/answers.ts';
import { formOf, type Form } from '../review/rules/form.ts';
import { toText, type Value } from '../review/rules/printed.ts';
import type { Box, Check, DocumentClass, DocumentLine, FieldName, VatRow } from '../types.ts';
import { drafts, type Draft } from './drafts.ts';
import { entriesOf, entryState, twinOf, unread, valuesOf, type Entry, type EntryState } from './view.ts';

export type ReviewState = 'loading' | 'failed' | 'forbidden' | 'ready';
type Refused = { response?: { status?: number; data?: { errors?: { extensions?: { code?: string } }[] } } };

/** One document on the screen: its form, the checks on it, and the decision. */
export function useReview(language: () => Language) {
	const api = useApi();
	const state = ref<ReviewState>('loading');
	const document = shallowRef<OpenDocument | null>(null);
	const documentClass = ref<DocumentClass>('other');
	const entries = ref<Entry[]>([]);
	const lines = ref<DocumentLine[]>([]);
	const vat = ref<VatRow[]>([]);
	const checks = shallowRef<Check[]>([]);
	const outcome = shallowRef<Decided | null>(null);
	const busy = ref(false);
	const refusal = ref<{ text: string; kind: 'stale' | 'reason' | 'other' } | null>(null);
	const queue = shallowRef<Queue | null>(null);
	/** What was read as a paper of the class that is chosen; null where nothing was. */
	const base = shallowRef<Omit<AsClass, 'class' | 'checks'> | null>(null);
	const isRereading = ref(false);
	/** What people answered under names that the present form does not have: it comes back with them. */
	let aside: Entry[] = [];
	let hasOwnRows = false;
	let isReplacing = false;
	let isTouched = false;
	let turn = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;

	const form = computed<Form>(() => formOf(documentClass.value));
	const threshold = computed(() => base.value?.threshold ?? 1);
	/** What was filed is settled: nothing of it asks for eyes any more. */
	const stateOf = (entry: Entry): EntryState => {
		const found = entryState(entry, checks.value, threshold.value);
		return outcome.value?.status === 'filed' && found === 'doubt' ? 'checked' : found;
	};
	const path = (end: string): string => `/orchestre/documents/${document.value?.id}/${end}`;

	function show(found: OpenDocument): void {
		const draft = found.status === 'to_review' ? drafts.read(found) : null;
		const { read, threshold: asked } = found;
		document.value = found;
		base.value = { fields: read?.fields ?? [], lines: read?.lines ?? [], vat: read?.vat ?? [], threshold: asked };
		aside = [];
		documentClass.value = draft?.class ?? read?.class ?? 'other';
		entries.value = entriesOf(documentClass.value, read?.fields ?? [], language(), draft?.entries);
		setRows(draft ?? base.value);
		hasOwnRows = draft?.hasOwnRows ?? false;
		checks.value = read?.checks ?? [];
		isTouched = draft !== null;
		if (draft && draft.class !== read?.class) void readAs(draft.class);
		else if (draft) void check();
	}

	/** Rows that were read, which is no change of anybody's. */
	function setRows(rows: Pick<Draft, 'lines' | 'vat'>): void {
		isReplacing = true;
		[lines.value, vat.value] = [structuredClone(rows.lines), structuredClone(rows.vat)];
		isReplacing = false;
	}

	/** How many wait is a comfort: without it the document is shown all the same. */
	async function readQueue(): Promise<void> {
		try {
			queue.value = (await api.get('/orchestre/documents/review')).data.data as Queue;
		} catch {
			queue.value = null;
		}
	}

	async function load(id: string): Promise<void> {
		const mine = ++turn;
		clearTimeout(timer);
		state.value = 'loading';
		outcome.value = null;
		refusal.value = null;
		isRereading.value = false;
		try {
			const { data } = await api.get(`/orchestre/documents/${encodeURIComponent(id)}/review`);
			if (mine !== turn) return;
			show(data.data as OpenDocument);
			state.value = 'ready';
		} catch (error) {
			if (mine === turn) state.value = isForbidden(error) ? 'forbidden' : 'failed';
		}
		await readQueue();
	}

	const body = () => ({ class: documentClass.value, fields: valuesOf(entries.value), lines: form.value.hasLines ? lines.value : [], vat: form.value.hasLines ? vat.value : [] }); // prettier-ignore

	/** The server's checks on what stands in the form now; when they cannot be had, the last ones stay. */
	async function check(): Promise<void> {
		const mine = turn;
		try {
			const { data } = await api.post(path('checks'), body());
			if (mine === turn) checks.value = (data.data as { checks: Check[] }).checks;
		} catch {
			/* The decision asks again. */
		}
	}

	function touched(): void {
		isTouched = true;
		const found = document.value;
		if (!found || outcome.value) return;
		sessionStorage.setItem(
			drafts.key(found),
			JSON.stringify({ class: documentClass.value, entries: entries.value, lines: lines.value, vat: vat.value, hasOwnRows }),
		);
		clearTimeout(timer);
		timer = setTimeout(() => void check(), 400);
	}
	watch(
		[lines, vat],
		() => {
			if (isReplacing) return;
			hasOwnRows = true;
			touched();
		},
		{ deep: true, flush: 'sync' },
	);

	const entryOf = (name: FieldName | null): Entry | undefined => entries.value.find((entry) => entry.name === name);

	/** Takes a value that somebody typed or clicked; `place` where it stands on a page. */
	function write(name: FieldName, text: string, place: { page: number; box: Box } | null = null): void {
		const entry = entryOf(name);
		if (!entry || (entry.text === text && !place)) return;
		Object.assign(entry, { text, answer: 'typed', page: place?.page ?? null, box: place?.box ?? null });
		touched();
	}

	const writeValue = (name: FieldName, value: Value, place: { page: number; box: Box } | null): void => {
		const entry = entryOf(name);
		if (entry) write(name, toText(entry.kind, value, language()), place);
	};

	/** The person has looked at it and lets it stand. */
	function confirm(name: FieldName): void {
		const entry = entryOf(name);
		if (!entry || entry.answer !== 'read' || entry.text === '') return;
		entry.answer = 'confirmed';
		touched();
	}

	/** The form of a class: what was answered stays, the rest is as it was read. */
	function lay(next: DocumentClass): void {
		const answered = [...aside, ...entries.value.filter(({ answer }) => answer !== 'read')];
		entries.value = entriesOf(next, base.value?.fields ?? [], language(), answered);
		aside = answered.filter(({ name }) => !entryOf(name) && !entryOf(twinOf(name)));
	}

	/** The words of the page as those of another kind of paper; without them the form keeps what it has. */
	async function readAs(next: DocumentClass): Promise<void> {
		const mine = turn;
		isRereading.value = true;
		try {
			const { data } = await api.get(path('reading'), { params: { class: next } });
			if (mine !== turn || documentClass.value !== next) return;
			const found = data.data as AsClass | null;
			if (!found) return;
			base.value = found;
			lay(next);
			if (!hasOwnRows) setRows(found);
		} catch {
			/* What is on the screen stays. */
		} finally {
			if (mine === turn && documentClass.value === next) {
				isRereading.value = false;
				touched();
			}
		}
	}

	async function changeClass(next: DocumentClass): Promise<void> {
		documentClass.value = next;
		lay(next);
		touched();
		await readAs(next);
	}

	async function send(decision: Record<string, unknown>): Promise<boolean> {
		const found = document.value;
		if (!found || busy.value || isRereading.value) return false;
		busy.value = true;
		refusal.value = null;
		try {
			const { data } = await api.post(path('review'), { version: found.version, ...decision });
			sessionStorage.removeItem(drafts.key(found));
			clearTimeout(timer);
			outcome.value = data.data as Decided;
			void readQueue();
			return true;
		} catch (error) {
			const { status, data } = (error as Refused).response ?? {};
			const asks = data?.errors?.[0]?.extensions?.code === 'IBAN_CHANGED';
			refusal.value = { text: sentenceOf(error) ?? '', kind: asks ? 'reason' : status === 409 ? 'stale' : 'other' };
			return false;
		} finally {
			busy.value = false;
		}
	}

	/** Something about passing it on that the server may refuse: then the refusal is shown, and there is no answer. */
	async function inquire<T>(request: () => Promise<{ data: { data: unknown } }>): Promise<T | null> {
		busy.value = true;
		refusal.value = null;
		try {
			return (await request()).data.data as T;
		} catch (error) {
			refusal.value = { text: sentenceOf(error) ?? '', kind: 'other' };
			return null;
		} finally {
			busy.value = false;
		}
	}

	return {
		state,
		document,
		documentClass,
		entries,
		lines,
		vat,
		checks,
		form,
		outcome,
		busy,
		refusal,
		queue,
		threshold,
		isRereading,
		isUnread: computed(() => unread(document.value?.read ?? null)),
		hasTouched: () => isTouched,
		load,
		stateOf,
		entryOf,
		write,
		writeValue,
		confirm,
		changeClass,
		/** Who else may accept it as a paper of the class that is chosen. */
		recipients: () => inquire<Recipient[]>(() => api.get(path('recipients'), { params: { class: documentClass.value } })),
		passOn: (to: string | null, note: string) => inquire<PassedOn>(() => api.post(path('pass-on'), { class: documentClass.value, to, note })),
		/** `reason`: how somebody made sure of what is unusual, where the server asked for it. */
		accept: (reason: string) => send({ decision: 'accept', ...body(), ...(reason && { reason }) }),
		reject: (reason: string) => send({ decision: 'reject', reason }),
	};
}

export type Review = ReturnType<typeof useReview>;
