import { parseJson, type Knex } from '../../platform/directus.ts';
import { UnexpectedError } from '../../platform/errors.ts';
import { calendarOf, type WorkingCalendar } from '../../platform/time/working-time.ts';
import type { OwnCompany } from '../types.ts';
import { folderNamed } from './folders.ts';
import type { Demands } from './rules/decide.ts';
import type { Kind } from './types.ts';

export type Reviewers = 'uploader' | 'finance' | 'commercial' | 'success' | 'operations' | 'manager' | 'direction';

/** What the settings say of documents. Budgets in cents. */
export type DocumentSettings = {
	enabled: boolean;
	/** Ids of the folders whose files are read. */
	folders: ReadonlySet<string>;
	demands: Demands;
	reviewers: Readonly<Record<Kind, Reviewers>>;
	reviewDays: number;
	approvalCents: number;
	openai: { types: ReadonlySet<Kind>; budgetCents: number };
	calendar: WorkingCalendar;
};

const listOf = (value: unknown, preset: readonly string[]): string[] => {
	const list = value === null || value === undefined ? preset : parseJson<unknown>(value);
	return Array.isArray(list) ? list.map(String) : [...preset];
};

const allKinds = ['invoice', 'quote', 'receipt', 'contract', 'business_card'] as const;

export async function readDocumentSettings(knex: Knex): Promise<DocumentSettings> {
	const row = (await knex('settings').first()) as Record<string, unknown> | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	const share = (name: string): number => Number(row[`documents_${name}_threshold`] ?? 9700) / 10_000;
	const who = (name: string, preset: Reviewers): Reviewers => (row[`documents_${name}_reviewers`] as Reviewers | null) ?? preset;
	return {
		enabled: Boolean(row['documents_enabled'] ?? true),
		folders: new Set(listOf(row['documents_folders'], ['inbox']).flatMap((name) => folderNamed(name) ?? [])),
		demands: {
			automatic: new Set(listOf(row['documents_automatic'], allKinds) as Kind[]),
			threshold: { invoice: share('invoice'), quote: share('quote'), receipt: share('receipt'), contract: share('contract'), business_card: share('card') },
		},
		reviewers: {
			invoice: who('invoice', 'finance'),
			quote: who('quote', 'commercial'),
			receipt: who('receipt', 'finance'),
			contract: who('contract', 'direction'),
			business_card: who('card', 'commercial'),
			other: who('other', 'uploader'),
		},
		reviewDays: Number(row['documents_review_days'] ?? 2),
		approvalCents: Number(row['documents_approval_cents'] ?? 100_000),
		openai: { types: new Set(listOf(row['documents_openai_types'], []) as Kind[]), budgetCents: Number(row['documents_openai_budget_cents'] ?? 0) },
		calendar: calendarOf(row),
	};
}

/** Who we are, as « Notre entreprise » says it. */
export async function readOwnCompany(knex: Knex): Promise<OwnCompany> {
	const row = (await knex('company_profile').first()) as Record<string, string | null> | undefined;
	return {
		name: row?.['legal_name'] ?? row?.['trade_name'] ?? '',
		tradeName: row?.['trade_name'] ?? null,
		siren: row?.['siren'] ?? null,
		vatNumber: row?.['vat_number'] ?? null,
		iban: row?.['iban'] ?? null,
		emailDomain: row?.['email']?.split('@')[1]?.toLowerCase() ?? null,
	};
}
