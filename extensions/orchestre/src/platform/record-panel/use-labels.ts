import { useStores } from '@directus/extensions-sdk';
import { useI18n } from 'vue-i18n';

/** The label of a choice in the reader's language; null when it is not known. */
export type Label = (collection: string, field: string, value: string) => string | null;

type Choice = { text: string; value: unknown };
type Field = { meta?: { options?: { choices?: Choice[] } | null } | null } | null;

/** Labels of choices as the schema has them, in the reader's language. */
export function useLabels(): Label {
	const fields = useStores().useFieldsStore() as { getField: (collection: string, field: string) => Field };
	const { t } = useI18n();
	return (collection, field, value) => {
		const found = fields.getField(collection, field)?.meta?.options?.choices?.find((one) => one.value === value)?.text;
		if (!found) return null;
		return found.startsWith('$t:') ? t(found.slice(3)) : found;
	};
}
