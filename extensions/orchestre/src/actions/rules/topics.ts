/** What an action is about, as learning and refusals count it: kind of record, then why (timeline/next/rules.ts names most of it). */
export const topics = [
	'lead.first_contact',
	'lead.answer',
	'lead.task',
	'lead.convert',
	'lead.plan',
	'lead.duplicate',
	'lead.alert',
	'deal.answer',
	'deal.task',
	'deal.next_step',
	'deal.quote',
	'deal.close_date',
	'deal.alert',
	'deal.plan',
	'client.ticket',
	'client.survey',
	'client.milestone',
	'client.quiet',
	'insight.churn',
	'insight.upsell',
	'insight.renewal',
	'insight.other',
	'invoice.overdue',
	'task.due',
	'approval.decide',
] as const;
export type Topic = (typeof topics)[number];
export const isTopic = (name: unknown): name is Topic => topics.some((topic) => topic === name);

/** The choices of `insights.action_kind`. */
export type Means = 'call' | 'email' | 'meeting' | 'quote' | 'incentive' | 'review';

/**
 * What we start from, before a company's own outcomes say better. `base`: chance (0–1) that the thing moves on within the weeks that
 * outcomes are watched although nobody does this; `gain`: what doing it adds; `minutes` of work.
 *
 * These are estimates of ours, not measurements: ordered by what sales people say of them (who waits for an answer, or has just
 * asked, is won more easily than who was silent for long; an offer that ends is decided on soon), kept small (none above 15 points but a
 * decision that is one's own), and said to be a « estimation de départ » wherever they are shown. Settings change gain and minutes.
 */
export type Start = { base: number; gain: number; minutes: number; means: Means };

export const starts: Readonly<Record<Topic, Start>> = {
	'lead.first_contact': { base: 0.25, gain: 0.12, minutes: 10, means: 'call' },
	'lead.answer': { base: 0.3, gain: 0.12, minutes: 10, means: 'email' },
	'lead.task': { base: 0.25, gain: 0.08, minutes: 10, means: 'call' },
	'lead.convert': { base: 0.35, gain: 0.15, minutes: 10, means: 'review' },
	'lead.plan': { base: 0.15, gain: 0.05, minutes: 10, means: 'call' },
	'lead.duplicate': { base: 0.2, gain: 0.02, minutes: 3, means: 'review' },
	'lead.alert': { base: 0.2, gain: 0.06, minutes: 10, means: 'call' },
	'deal.answer': { base: 0.35, gain: 0.1, minutes: 15, means: 'email' },
	'deal.task': { base: 0.3, gain: 0.06, minutes: 15, means: 'call' },
	'deal.next_step': { base: 0.3, gain: 0.06, minutes: 15, means: 'call' },
	'deal.quote': { base: 0.3, gain: 0.1, minutes: 15, means: 'call' },
	'deal.close_date': { base: 0.25, gain: 0.06, minutes: 15, means: 'call' },
	'deal.alert': { base: 0.2, gain: 0.08, minutes: 15, means: 'call' },
	'deal.plan': { base: 0.25, gain: 0.05, minutes: 15, means: 'call' },
	'client.ticket': { base: 0.5, gain: 0.03, minutes: 20, means: 'call' },
	'client.survey': { base: 0.6, gain: 0.03, minutes: 20, means: 'call' },
	'client.milestone': { base: 0.6, gain: 0.03, minutes: 20, means: 'review' },
	'client.quiet': { base: 0.7, gain: 0.01, minutes: 15, means: 'call' },
	'insight.churn': { base: 0.5, gain: 0.1, minutes: 25, means: 'call' },
	'insight.upsell': { base: 0.1, gain: 0.06, minutes: 20, means: 'call' },
	'insight.renewal': { base: 0.7, gain: 0.05, minutes: 20, means: 'call' },
	'insight.other': { base: 0.2, gain: 0.02, minutes: 15, means: 'review' },
	'invoice.overdue': { base: 0.55, gain: 0.05, minutes: 8, means: 'call' },
	'task.due': { base: 0.4, gain: 0.3, minutes: 15, means: 'review' },
	'approval.decide': { base: 0.4, gain: 0.2, minutes: 5, means: 'review' },
};

/** Names for settings and explanations. */
export const topicWords: Readonly<Record<Topic, string>> = {
	'lead.first_contact': 'Premier contact avec un lead',
	'lead.answer': 'Réponse à un lead',
	'lead.task': 'Tâche due sur un lead',
	'lead.convert': 'Conversion d’un lead qualifié',
	'lead.plan': 'Lead sans suite prévue',
	'lead.duplicate': 'Doublon à vérifier',
	'lead.alert': 'Alerte sur un lead',
	'deal.answer': 'Réponse dans une affaire',
	'deal.task': 'Tâche due sur une affaire',
	'deal.next_step': 'Prochaine étape en retard',
	'deal.quote': 'Devis sans réponse',
	'deal.close_date': 'Date de signature passée',
	'deal.alert': 'Affaire à reprendre en main',
	'deal.plan': 'Affaire sans suite prévue',
	'client.ticket': 'Ticket en retard',
	'client.survey': 'Client mécontent',
	'client.milestone': 'Jalon en retard',
	'client.quiet': 'Client sans nouvelles',
	'insight.churn': 'Client qui peut partir',
	'insight.upsell': 'Vente additionnelle',
	'insight.renewal': 'Renouvellement',
	'insight.other': 'Autre conseil',
	'invoice.overdue': 'Facture en retard',
	'task.due': 'Tâche personnelle',
	'approval.decide': 'Approbation à donner',
};
