import { ref, type Ref } from 'vue';
import { sentenceOf } from '../../platform/refusal.ts';
import { changes } from '../changes.ts';

/** One thing written at a time, through Directus's own API: `refusal` is what the server answered, or the fallback. */
export function useWriting(): {
	saving: Ref<boolean>;
	refusal: Ref<string | null>;
	attempt: (work: () => Promise<void>, fallback: string) => Promise<boolean>;
} {
	const saving = ref(false);
	const refusal = ref<string | null>(null);

	async function attempt(work: () => Promise<void>, fallback: string): Promise<boolean> {
		if (saving.value) return false;
		saving.value = true;
		refusal.value = null;
		try {
			await work();
			changes.value += 1;
			return true;
		} catch (error) {
			refusal.value = sentenceOf(error) ?? fallback;
			return false;
		} finally {
			saving.value = false;
		}
	}

	return { saving, refusal, attempt };
}
