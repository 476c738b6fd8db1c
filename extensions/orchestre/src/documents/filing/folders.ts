import type { DocumentClass } from '../types.ts';

/** Folders as shipped (seeds/ids.ts). */
const folders = {
	shared: '0d000000-0000-4000-8000-000000000001',
	sales: '0d000000-0000-4000-8000-000000000002',
	finance: '0d000000-0000-4000-8000-000000000003',
	delivery: '0d000000-0000-4000-8000-000000000004',
	management: '0d000000-0000-4000-8000-000000000005',
	inbox: '0d000000-0000-4000-8000-000000000006',
} as const;

/** « Documents à classer ». */
export const inbox: string = folders.inbox;

export const folderNamed = (name: string): string | null => (Object.hasOwn(folders, name) ? folders[name as keyof typeof folders] : null);

/** Where a file goes once it is known what it is: whoever reads such documents reads that folder. Null: it stays. */
export function folderOf(kind: DocumentClass, isSupplier: boolean): string | null {
	switch (kind) {
		case 'purchase_invoice':
		case 'sales_invoice':
		case 'credit_note':
		case 'receipt':
		case 'bank_statement':
		case 'bank_details':
			return folders.finance;
		case 'quote':
		case 'contract':
			return isSupplier ? folders.finance : folders.sales;
		case 'business_card':
			return folders.sales;
		case 'other':
			return null;
	}
}
