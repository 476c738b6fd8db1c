import { dateOrNull } from '../platform/columns.ts';
import { parseJson, type Knex } from '../platform/directus.ts';
import type { Cadence, Channel, ConsentDemand, RunState, StopReason, Target } from './rules/types.ts';

export type SequenceRow = {
	id: string;
	name: string;
	status: 'draft' | 'active' | 'paused' | 'archived';
	target: Target;
	starts_on: 'manual' | 'automatic' | 'lost_deal';
	priority: number;
	audience: Record<string, unknown> | null;
	stop_on: string[];
	owner: string | null;
	daily_limit: number | null;
	activated_at: Date | null;
	cadence: Cadence;
};

export type TemplateRow = { id: string; name: string; channel: string; status: string; consent: ConsentDemand; subject: string | null; body: string };
export type StepRow = { id: string; delay_days: number; channel: Channel; task_title: string | null; template: TemplateRow | null };

export type RunRow = {
	id: string;
	sequence: string;
	state: RunState;
	stop_reason: StopReason | null;
	lead: string | null;
	person: string | null;
	opportunity: string | null;
	owner: string | null;
	team: string | null;
	/** How many steps are done; also the index of the next one. */
	step: number;
	next_at: Date | null;
	started_at: Date;
	ended_at: Date | null;
	error: string | null;
	run_key: string;
};

/** Text of a `time` column on both databases; SQLite keeps what was written. */
const timeText = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

export function toSequence(row: Record<string, unknown>, alsaceMoselle: boolean): SequenceRow {
	return {
		...(row as unknown as SequenceRow),
		audience: parseJson<Record<string, unknown> | null>(row['audience'] ?? null),
		stop_on: parseJson<string[] | null>(row['stop_on'] ?? null) ?? [],
		activated_at: dateOrNull(row['activated_at']),
		cadence: {
			send_from: timeText(row['send_from']),
			send_until: timeText(row['send_until']),
			working_days_only: row['working_days_only'] !== false && row['working_days_only'] !== 0,
			alsace_moselle: alsaceMoselle,
		},
	};
}

export const toRun = (row: Record<string, unknown>): RunRow => ({
	...(row as unknown as RunRow),
	next_at: dateOrNull(row['next_at']),
	started_at: dateOrNull(row['started_at']) ?? new Date(0),
	ended_at: dateOrNull(row['ended_at']),
});

export type SendSettings = { alsaceMoselle: boolean; mailboxLimit: number };

export async function readSendSettings(knex: Knex): Promise<SendSettings> {
	const row = (await knex('settings').first('alsace_moselle', 'sequence_mailbox_limit')) as Record<string, unknown> | undefined;
	return { alsaceMoselle: Boolean(row?.['alsace_moselle']), mailboxLimit: Number(row?.['sequence_mailbox_limit'] ?? 200) };
}

export async function readSequences(knex: Knex, ids: readonly string[]): Promise<Map<string, SequenceRow>> {
	const { alsaceMoselle } = await readSendSettings(knex);
	const rows = (await knex('sequences').whereIn('id', [...ids])) as Record<string, unknown>[];
	return new Map(rows.map((row) => [String(row['id']), toSequence(row, alsaceMoselle)]));
}

/** A sequence's steps in their order, with their templates. */
export async function readSteps(knex: Knex, sequence: string): Promise<StepRow[]> {
	const steps = (await knex('sequence_steps')
		.where({ sequence })
		.orderBy([{ column: 'sort' }, { column: 'date_created' }, { column: 'id' }])) as (Omit<StepRow, 'template'> & { template: string | null })[];
	const ids = steps.flatMap(({ template }) => template ?? []);
	const templates = (await knex('message_templates').whereIn('id', ids)) as TemplateRow[];
	return steps.map((step) => ({ ...step, delay_days: Number(step.delay_days ?? 0), template: templates.find(({ id }) => id === step.template) ?? null }));
}
