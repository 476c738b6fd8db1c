import type { Get } from '../../../platform/record-panel/use-saved-record.ts';
import type { ChurnReasons } from '../rules/reasons.ts';

export type HistoryPoint = { computed_on: string; churn_risk: number };
export type Episode = {
	id: string;
	episode_key: string;
	date_created: string;
	expected_value_cents: number | null;
	minutes: number | null;
	recommended_action: string | null;
};
export type Approval = {
	id: string;
	status: string;
	amount_cents: number | null;
	deadline: string | null;
	approver: { first_name: string | null; last_name: string | null } | null;
};
export type CheckIn = { id: string; starts_at: string; status: string };

/** What the panel shows of a client. Lists that the role may not read are empty. */
export type ChurnRow = {
	churn_risk: number | null;
	churn_at: string | null;
	churn_model_version: string | null;
	churn_reasons: ChurnReasons | null;
	history: HistoryPoint[];
	episode: Episode | null;
	tasks: { done: number; all: number };
	approval: Approval | null;
	checkIn: CheckIn | null;
};

type Core = Pick<ChurnRow, 'churn_risk' | 'churn_at' | 'churn_model_version' | 'churn_reasons'>;

/** A part beside the index, which not every role may see. */
const orNone = <T>(part: Promise<T[]>): Promise<T[]> => part.catch(() => []);

export async function readChurn(get: Get, id: string): Promise<ChurnRow> {
	const [core, history, [episode = null]] = await Promise.all([
		get<Core>(`/items/companies/${encodeURIComponent(id)}`, { fields: 'churn_risk,churn_at,churn_model_version,churn_reasons' }),
		orNone(
			get<HistoryPoint[]>('/items/health_history', {
				'filter[company][_eq]': id,
				'filter[churn_risk][_nnull]': 'true',
				sort: '-computed_on',
				limit: '90',
				fields: 'computed_on,churn_risk',
			}),
		),
		orNone(
			get<Episode[]>('/items/insights', {
				'filter[company][_eq]': id,
				'filter[kind][_eq]': 'churn',
				'filter[episode_ended_at][_null]': 'true',
				'filter[hold_out][_neq]': 'true',
				sort: '-date_created',
				limit: '1',
				fields: 'id,episode_key,date_created,expected_value_cents,minutes,recommended_action',
			}),
		),
	]);
	const key = episode?.episode_key;
	const ofEpisode = <T>(read: (own: string) => Promise<T[]>): Promise<T[]> => (key ? orNone(read(key)) : Promise.resolve([]));
	const [tasks, [approval = null], [checkIn = null]] = await Promise.all([
		ofEpisode((own) =>
			get<{ status: string }[]>('/items/tasks', {
				'filter[origin_key][_starts_with]': `${own}:step:`,
				'filter[status][_neq]': 'cancelled',
				fields: 'status',
			}),
		),
		ofEpisode((own) =>
			get<Approval[]>('/items/validation', {
				'filter[request_key][_eq]': `incentive:${own}`,
				limit: '1',
				fields: 'id,status,amount_cents,deadline,approver.first_name,approver.last_name',
			}),
		),
		ofEpisode((own) =>
			get<CheckIn[]>('/items/planning', {
				'filter[origin_key][_eq]': own,
				'filter[status][_in]': 'tentative,confirmed',
				'filter[starts_at][_gte]': '$NOW',
				sort: 'starts_at',
				limit: '1',
				fields: 'id,starts_at,status',
			}),
		),
	]);
	return {
		...core,
		history: history.toReversed(),
		episode,
		tasks: { done: tasks.filter(({ status }) => status === 'done').length, all: tasks.length },
		approval,
		checkIn,
	};
}
