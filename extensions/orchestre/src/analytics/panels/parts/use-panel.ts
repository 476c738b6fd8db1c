import { useApi, useStores } from '@directus/extensions-sdk';
import { computed, onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Language } from '../../../platform/amount.ts';
import { useLanguage } from '../../../platform/language.ts';
import { isForbidden } from '../../../platform/record-panel/use-saved-record.ts';
import type { Answer, View } from '../answer.ts';
import { follow, type Stamps } from './follow.ts';

/** What Directus gives to every panel, and the options that all of ours share (`commonOptions`). */
export type PanelProps = {
	id?: string;
	dashboard?: string;
	showHeader?: boolean;
	period?: string | null;
	scope?: string | null;
	comparison?: string | null;
};

export type PanelState = 'loading' | 'ready' | 'empty' | 'forbidden' | 'failed' | 'unset';

/** What the bar of a dashboard has chosen for all panels on it; kept among Directus's own dashboard variables. */
export type Choice = { period?: string; scope?: string; key?: string; comparison?: string };
type Insights = { variables: Record<string, unknown>; setVariable: (field: string, value: unknown) => void };

const variableOf = (dashboard: string | undefined): string => `orchestre_${dashboard ?? ''}`;

/** The choice of the bar of this dashboard, and how to change it. */
export function useChoice(dashboard: () => string | undefined): { choice: ComputedRef<Choice>; choose: (choice: Choice) => void } {
	const insights = useStores().useInsightsStore() as Insights;
	return {
		choice: computed(() => (insights.variables[variableOf(dashboard())] as Choice | undefined) ?? {}),
		choose: (choice) => insights.setVariable(variableOf(dashboard()), choice),
	};
}

/**
 * The data of a panel, from `GET /orchestre/panels/<panel>`: asked again when an option or the dashboard's bar changes, and when what it
 * follows has changed in the database. What is on the screen stays there until the next answer has come. An option of the panel wins over
 * the bar, the bar over the row of `dashboards`; `options` are sent as they are (empty ones are not), null says that the panel is not set up.
 */
export function usePanel<Data>(
	panel: string,
	props: PanelProps,
	options: () => Record<string, string | number | null | undefined> | null = () => ({}),
): {
	state: Ref<PanelState>;
	data: ShallowRef<Data | null>;
	view: ComputedRef<View | null>;
	language: ComputedRef<Language>;
	reload: () => Promise<void>;
} {
	const api = useApi();
	const language = useLanguage();
	const { choice } = useChoice(() => props.dashboard);
	const state = ref<PanelState>('loading');
	const answer: ShallowRef<Answer<Data> | null> = shallowRef(null);
	let stamps: Stamps = {};
	let latest = 0;

	const params = computed(() => {
		const own = options();
		if (!own) return null;
		const { period, scope, comparison } = props;
		const whose = scope ? { scope } : { scope: choice.value.scope, key: choice.value.key };
		const all = { dashboard: props.dashboard, period: period || choice.value.period, comparison: comparison || choice.value.comparison, ...whose, ...own };
		return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null && value !== ''));
	});

	async function reload(): Promise<void> {
		const turn = ++latest;
		if (!params.value) {
			state.value = 'unset';
			return;
		}
		try {
			const read = (await api.get(`/orchestre/panels/${panel}`, { params: params.value })).data.data as Answer<Data>;
			if (turn !== latest) return;
			stamps = read.stamps;
			answer.value = read;
			state.value = read.figures === null ? 'empty' : 'ready';
		} catch (error) {
			if (turn !== latest) return;
			// Figures that were right a moment ago are better than none while the network is away; rights that are gone are gone at once.
			if (isForbidden(error)) state.value = 'forbidden';
			else if (!answer.value) state.value = 'failed';
		}
	}

	watch(() => JSON.stringify(params.value), () => void reload(), { immediate: true }); // prettier-ignore
	onBeforeUnmount(follow(api, () => stamps, reload));

	return { state, data: computed(() => answer.value?.figures ?? null) as ShallowRef<Data | null>, view: computed(() => answer.value?.view ?? null), language, reload };
} // prettier-ignore
