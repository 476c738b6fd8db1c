import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { call, type Client, type Row } from '../../scripts/support/client.ts';

export type LeadResult = Row & {
	id: string;
	owner: string | null;
	points: number;
	fit_points: number;
	engagement_points: number;
	grade: string;
	reasons: { points: number; side: string; name: string }[];
	assignment: { kind: string; sentence: string; owner: string | null; candidates: { user: string; excluded: string | null }[] };
	sla_due_at: string;
	tasks: { title: string; assignee: string | null; origin: string; due_at: string; status: string; priority: string }[];
	scores: { grade: string; points: number; cause: string }[];
	duplicate_of: string | null;
	duplicate_reason: string | null;
	display_name: string;
};

export const completeFields = ['*', 'tasks.*', 'scores.*'];

/** A believable lead; each call another person. */
export const newLead = (over: Record<string, unknown> = {}): Record<string, unknown> => {
	const n = randomUUID().slice(0, 8);
	return {
		first_name: 'Camille',
		last_name: `Essai ${n}`,
		email: `camille.${n}@atelier-${n}.example`,
		phone: '01 99 00 12 34'.replace(
			'12 34',
			`${n.charCodeAt(0)}`.padStart(2, '0').slice(-2) + ' ' + String(parseInt(n.slice(1, 3), 16) % 100).padStart(2, '0'),
		),
		company_name: `Atelier ${n}`,
		industry: 'tech',
		size_band: '50-249',
		region: 'ile_de_france',
		source: 'website',
		job_title: 'Directrice commerciale',
		timing: 'quarter',
		budget_cents: 2_500_000,
		need: 'Remplacer notre outil de suivi.',
		...over,
	};
};

export const readLead = (client: Client, id: string): Promise<LeadResult> =>
	call<LeadResult>(client, 'GET', `/items/leads/${id}`, undefined, { fields: completeFields.join(',') });

/** Sales people who take leads; the template database has none. `capacity` each. */
export async function hireSalesPeople(admin: Client, count: number, capacity: number, over: Record<string, unknown> = {}): Promise<string[]> {
	const team = await call<{ id: string }>(admin, 'POST', '/items/teams', { name: `Vente ${randomUUID()}`, kind: 'sales' });
	const people = await call<{ id: string }[]>(
		admin,
		'POST',
		'/users',
		Array.from({ length: count }, (_, index) => ({
			first_name: `Vendeur`,
			last_name: String(index + 1),
			team: team.id,
			status: 'active',
			takes_leads: true,
			lead_capacity: capacity,
			languages: ['fr'],
			hired_on: '2020-01-06',
			...over,
		})),
	);
	return people.map(({ id }) => id);
}

/** Sum of the reasons of one side, or of all. */
export const sumOf = (lead: LeadResult, side?: string): number =>
	lead.reasons.filter((reason) => !side || reason.side === side).reduce((sum, { points }) => sum + points, 0);

export const count = async (database: Knex, table: string, where: Record<string, unknown> = {}): Promise<number> =>
	Number(((await database(table).where(where).count({ n: '*' })) as { n: number | string }[])[0]?.n ?? 0);
