import { roundEuros } from '../../platform/amount.ts';
import { frenchDate, frenchMoment } from '../../platform/time/paris.ts';
import { counted } from '../../platform/text.ts';
import { isTopic, type Means, type Topic } from './topics.ts';
import { taskMeans } from './records.ts';
import type { Candidate, Links } from './types.ts';

/** Candidates that no form of a lead or deal speaks of: money owed, clients, one's own tasks, decisions that others wait for. */

type Owned = { owner: string; team: string | null };
type Stake = { cents: number; text: string };

const plain = (over: Partial<Candidate> & Pick<Candidate, 'owner' | 'team' | 'topic' | 'record' | 'links' | 'title' | 'why'>, { cents, text }: Stake): Candidate => ({
	anchor: over.record.id,
	next: null,
	advice: null,
	means: null,
	stakeCents: cents,
	stakeText: text,
	givenCents: null,
	minutes: null,
	urgent: false,
	...over,
}); // prettier-ignore

/** What something without an amount of its own counts for. */
export const nominalStake = (cents: number): Stake => ({ cents, text: `${roundEuros(cents)}, valeur d’une promesse sans montant` });
/** A year of what a client pays by subscription; a client without one counts for the nominal value. */
export const clientStake = (mrrCents: number, nominalCents: number): Stake =>
	mrrCents > 0 ? { cents: mrrCents * 12, text: `${roundEuros(mrrCents * 12)} d’abonnement par an` } : nominalStake(nominalCents);

export type OverdueInvoice = Owned & {
	id: string;
	number: string;
	company: string | null;
	companyName: string;
	remainingCents: number;
	dueDay: number;
	links: Links;
};

export function invoiceCandidate({ id, number, companyName, remainingCents, dueDay, links, ...owned }: OverdueInvoice, today: number): Candidate {
	const late = today - dueDay;
	return plain(
		{
			...owned,
			topic: 'invoice.overdue',
			record: { collection: 'invoices', id },
			links: { ...links, invoice: id },
			title: `Relancer ${companyName} pour la facture ${number}`,
			why: `${roundEuros(remainingCents)} dus depuis ${counted(late, 'jour', 'jours')}.`,
			advice: 'Appelez la comptabilité du client : la facture est-elle reçue, validée, programmée ? Notez la date de paiement promise.',
		},
		{ cents: remainingCents, text: `${roundEuros(remainingCents)} à encaisser` },
	);
}

export type DueTask = Owned & { id: string; title: string; kind: string | null; dueAt: Date; record: Candidate['record']; links: Links; stake: Stake };

export function taskCandidate({ id, title, kind, dueAt, record, links, stake, ...owned }: DueTask, dayStart: Date): Candidate {
	const when = dueAt < dayStart ? `Tâche en retard : elle était prévue le ${frenchDate(dueAt)}.` : `Tâche prévue aujourd’hui, le ${frenchMoment(dueAt)}.`;
	const topic: Topic = record.collection === 'leads' ? 'lead.task' : record.collection === 'opportunities' ? 'deal.task' : 'task.due';
	return plain({ ...owned, topic, record, anchor: id, links: { ...links, task: id }, title, why: when, means: taskMeans[kind ?? ''] ?? null }, stake);
}

export type LateTicket = Owned & { id: string; subject: string; company: string | null; companyName: string | null; dueAt: Date; stake: Stake };

export const ticketCandidate = ({ id, subject, company, companyName, dueAt, stake, ...owned }: LateTicket): Candidate =>
	plain(
		{
			...owned,
			topic: 'client.ticket',
			record: { collection: 'tickets', id },
			links: { ticket: id, ...(company && { company }) },
			title: `Faire avancer le ticket « ${subject} »`,
			why: `Son délai est passé depuis le ${frenchMoment(dueAt)}${companyName ? ` : ${companyName} attend` : ''}.`,
		},
		stake,
	);

export type BadAnswer = Owned & {
	id: string;
	company: string;
	companyName: string;
	kind: string;
	score: number;
	answeredAt: Date;
	person: string | null;
	stake: Stake;
};

const scales: Readonly<Record<string, string>> = { nps: '/10', csat: '/5', ces: '/7' };

/** Marks that call for a call: a detractor (NPS), a dissatisfied client (CSAT), a client who found it hard (CES). */
export const isBadMark = (kind: string, score: number): boolean => (kind === 'nps' ? score <= 6 : kind === 'csat' ? score <= 2 : score <= 3);

export const surveyCandidate = ({ id, company, companyName, kind, score, answeredAt, person, stake, ...owned }: BadAnswer): Candidate =>
	plain(
		{
			...owned,
			topic: 'client.survey',
			record: { collection: 'companies', id: company },
			anchor: id,
			links: { company, ...(person && { person }) },
			title: `Rappeler ${companyName} après sa réponse à l’enquête`,
			why: `Note de ${score}${scales[kind] ?? ''} donnée le ${frenchDate(answeredAt)}.`,
			advice: 'Remerciez de la franchise, faites préciser ce qui a manqué, et dites ce que vous allez faire et pour quand.',
		},
		stake,
	);

export type LateMilestone = Owned & { id: string; name: string; project: string; projectName: string; company: string | null; dueDay: number; stake: Stake };

export const milestoneCandidate = ({ id, name, project, projectName, company, dueDay, stake, ...owned }: LateMilestone, today: number): Candidate =>
	plain(
		{
			...owned,
			topic: 'client.milestone',
			record: { collection: 'milestones', id },
			links: { project, ...(company && { company }) },
			title: `Débloquer le jalon « ${name} »`,
			why: `${projectName} : en retard de ${counted(today - dueDay, 'jour', 'jours')}.`,
		},
		stake,
	);

export type QuietClient = Owned & { id: string; name: string; lastDay: number | null; stake: Stake };

export const quietCandidate = ({ id, name, lastDay, stake, ...owned }: QuietClient, today: number): Candidate =>
	plain(
		{
			...owned,
			topic: 'client.quiet',
			record: { collection: 'companies', id },
			anchor: 'quiet',
			links: { company: id },
			title: `Prendre des nouvelles de ${name}`,
			why: lastDay === null ? 'Aucun échange n’est consigné avec ce client.' : `Dernier échange il y a ${counted(today - lastDay, 'jour', 'jours')}, et rien n’est prévu.`,
		},
		stake,
	); // prettier-ignore

export type OpenInsight = Owned & {
	id: string;
	kind: string;
	title: string;
	action: string | null;
	why: string | null;
	means: string | null;
	expectedCents: number;
	minutes: number | null;
	record: Candidate['record'];
	links: Links;
};

const means: readonly string[] = ['call', 'email', 'meeting', 'quote', 'incentive', 'review'];
/** Kinds whose expected value is a gain times an amount; of others it is the amount at stake. */
const weighed: readonly string[] = ['churn', 'upsell', 'renewal', 'conversion'];

/** What another room found, ranked with the rest; its expected value is taken as it is. */
export function insightCandidate({ id, kind, title, action, why, means: by, expectedCents, minutes, record, links, ...owned }: OpenInsight): Candidate {
	const name = `insight.${kind}`;
	const isWeighed = weighed.includes(kind);
	return plain(
		{
			...owned,
			topic: isTopic(name) ? name : 'insight.other',
			record,
			anchor: id,
			links: { ...links, basis: id },
			title,
			why: why ?? action ?? title,
			advice: action,
			means: by !== null && means.includes(by) ? (by as Means) : null,
			givenCents: isWeighed ? expectedCents : null,
			minutes: minutes !== null && minutes > 0 ? minutes : null,
		},
		{ cents: expectedCents, text: isWeighed ? `Valeur attendue du conseil : ${roundEuros(expectedCents)}` : `${roundEuros(expectedCents)} en jeu` },
	);
}

export type OpenApproval = Owned & {
	id: string;
	title: string;
	requester: string | null;
	deadline: Date | null;
	amountCents: number | null;
	links: Links;
	stake: Stake;
};

export const approvalCandidate = ({ id, title, requester, deadline, links, stake, ...owned }: OpenApproval, dayEnd: Date): Candidate =>
	plain(
		{
			...owned,
			topic: 'approval.decide',
			record: { collection: 'validation', id },
			links: { ...links, approval: id },
			title: `Décider : ${title}`,
			why: `${requester ?? 'Quelqu’un'} attend votre accord${deadline ? ` avant le ${frenchMoment(deadline)}` : ''}.`,
			urgent: deadline !== null && deadline < dayEnd,
		},
		stake,
	);
