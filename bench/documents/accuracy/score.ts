import type { FieldName } from '../../../extensions/orchestre/src/documents/types.ts';
import { likeness, nameKey } from '../../../extensions/orchestre/src/documents/understanding/names.ts';
import type { Truth } from '../../../scripts/documents/facts.ts';

const names = new Set<FieldName>(['supplier_name', 'buyer_name', 'merchant', 'account_holder', 'bank_name', 'contact_company']);
const plain = (value: string): string => value.toLowerCase().replaceAll(/[\s/]+/g, '');
const squeezed = (value: string): string => nameKey(value).replaceAll(' ', '');

/**
 * Whether a reading is right. Names: three words of four in the shorter one (a legal form more or less is the same firm), and not a
 * line that goes on for long; the total may be what is to be paid, and the sign of credit notes is as people print it.
 */
export function isRight(name: FieldName, got: string | number | undefined, truth: Truth): boolean {
	const wanted = truth[name];
	if (got === undefined || wanted === undefined) return false;
	if (names.has(name)) {
		const [one, other] = [String(got), String(wanted)];
		return (likeness(one, other) >= 0.75 || squeezed(one) === squeezed(other)) && one.length < other.length + 25;
	}
	if (typeof wanted === 'number' && typeof got === 'number') return Math.abs(got) === Math.abs(wanted) || (name === 'gross' && got === truth.payable);
	return plain(String(got)) === plain(String(wanted));
}
