import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from './stack.ts';

/** What there is of one lead. `told`: notices « Nouveau lead » and « Lead sans responsable ». */
type Traces = { id: string; owner: string | null; scores: number; tasks: number; tasks_twice: number; announcements: number; told: number; unfinished: number };

/** Finding of a check: figures for the table, and what is wrong, in French; nothing wrong: it held. */
export type Finding = { figures: string; faults: string[] };

const tracesOf = (occasion: string): string => `
	select l.id, l.owner,
		(select count(*) from lead_scores s where s.lead = l.id) as scores,
		(select count(*) from tasks t where t.lead = l.id and t.origin = 'leads.follow_up') as tasks,
		(select count(*) - count(distinct title) from tasks t where t.lead = l.id) as tasks_twice,
		(select count(*) from jobs j where j.item = l.id::text and j.kind = 'leads.announce') as announcements,
		(select count(*) from directus_notifications n where n.collection = 'leads' and n.item = l.id::text
			and (n.subject like 'Nouveau lead%' or n.subject like 'Lead sans responsable%')) as told,
		(select count(*) from jobs j where j.item = l.id::text and j.state <> 'done') as unfinished
	from leads l where l.current_solution = '${occasion}'`;

/** Waits until no job is owed for the leads of an occasion; a dead instance's come free half a minute later. */
async function settled(stack: Stack, occasion: string, patienceMs: number): Promise<Traces[]> {
	const deadline = Date.now() + patienceMs;
	for (;;) {
		const traces = await stack.rows<Traces>(tracesOf(occasion));
		if (Date.now() > deadline || traces.every(({ unfinished }) => unfinished === 0)) return traces;
		await sleep(1000);
	}
}

/**
 * Whether each of the leads that were accepted is there and was treated exactly once: score, tasks (if it has an owner), one
 * announcement and one notice. Leads that are there though nobody was told so must be whole, too.
 */
export async function treatedOnce(stack: Stack, occasion: string, accepted: readonly string[], patienceMs = 120_000): Promise<Finding & { leads: Traces[] }> {
	const leads = await settled(stack, occasion, patienceMs);
	const there = new Set(leads.map(({ id }) => id));
	const faults: string[] = [];
	const fault = (count: number, words: string): void => void (count > 0 && faults.push(`${count} ${words}`));
	fault(accepted.filter((id) => !there.has(id)).length, 'acceptés et absents');
	fault(accepted.length - new Set(accepted).size, 'acceptés deux fois');
	fault(leads.filter(({ scores }) => scores !== 1).length, 'notés zéro fois ou deux');
	fault(leads.filter(({ owner, tasks }) => owner !== null && tasks === 0).length, 'sans tâche');
	fault(leads.filter(({ tasks_twice }) => tasks_twice > 0).length, 'avec une tâche en double');
	fault(leads.filter(({ announcements }) => announcements !== 1).length, 'avec zéro annonce ou deux');
	fault(leads.filter(({ told }) => told !== 1).length, 'annoncés zéro fois ou deux');
	fault(leads.filter(({ unfinished }) => unfinished > 0).length, 'avec un travail inachevé');
	return { leads, figures: `${leads.length} leads`, faults };
}
