import type { Language } from '../../platform/amount.ts';
import { dateFormat } from '../../platform/formats.ts';
import { daysAgo, duration, parseMoment, shortDay, shortMoment } from '../../platform/record-panel/dates.ts';
import type { NextAction, NextKind } from './rules.ts';

/** What an action says: what to do, why, and what its button says; null where there is nothing to press. */
export type Said = { icon: string; title: string; reason: string; button: string | null };

type Values = { name: string; detail: string | null; who: string | null; when: string; ago: string; delay: string; isPast: boolean; known: boolean };
type Line = { title: (values: Values) => string; reason: (values: Values) => string; button: string | null };

const quoted = (name: string): string => (name ? `« ${name} »` : '');
const by = (who: string | null): string => (who ? ` (${who})` : '');

const icons: Record<NextKind, string> = {
	open_deal: 'handshake',
	check_duplicate: 'content_copy',
	first_contact: 'call',
	answer: 'reply',
	ticket_late: 'support',
	invoice_overdue: 'receipt_long',
	overdue_task: 'assignment_late',
	next_step_late: 'update',
	alert: 'notifications_active',
	quote_ending: 'request_quote',
	appointment_today: 'event',
	task_today: 'task_alt',
	close_date_past: 'event_busy',
	convert: 'published_with_changes',
	plan: 'add_task',
	planned: 'event_available',
	closed: 'flag',
	quiet: 'check_circle',
};

const french: Record<NextKind, Line> = {
	open_deal: {
		title: () => 'Poursuivre dans l’affaire',
		reason: ({ name }) => `Ce lead est converti : la suite se passe dans ${quoted(name)}.`,
		button: 'Ouvrir l’affaire',
	},
	check_duplicate: {
		title: () => 'Vérifier le doublon',
		reason: ({ name }) => `Ce lead ressemble à ${quoted(name)} : regardez qui le suit avant d’appeler.`,
		button: 'Ouvrir l’autre lead',
	},
	first_contact: {
		title: () => 'Appeler ce lead',
		reason: ({ isPast, when, delay }) =>
			isPast ? `Le premier contact était attendu ${when} : ${delay} de retard.` : `Premier contact attendu ${when}, dans ${delay}.`,
		button: 'Consigner l’appel',
	},
	answer: {
		title: () => 'Répondre',
		reason: ({ name, ago }) => `Message reçu ${ago}, encore sans réponse${name ? ` : ${quoted(name)}` : ''}.`,
		button: 'Consigner la réponse',
	},
	ticket_late: {
		title: () => 'Faire avancer le ticket',
		reason: ({ name, delay }) => `Le délai du ticket ${quoted(name)} est dépassé de ${delay}.`,
		button: 'Ouvrir le ticket',
	},
	invoice_overdue: {
		title: () => 'Relancer une facture',
		reason: ({ name, when }) => `La facture ${name} devait être payée ${when}.`,
		button: 'Ouvrir la facture',
	},
	overdue_task: {
		title: ({ name }) => name,
		reason: ({ when, who }) => `Tâche en retard : elle était prévue ${when}${by(who)}.`,
		button: 'Marquer comme faite',
	},
	next_step_late: { title: () => 'Mettre à jour la prochaine étape', reason: ({ when }) => `Elle était prévue ${when}.`, button: 'Aller à la prochaine étape' },
	alert: { title: ({ name }) => name, reason: ({ detail }) => detail ?? 'Une alerte est ouverte sur cette fiche.', button: 'Ouvrir l’alerte' },
	quote_ending: {
		title: () => 'Relancer le devis',
		reason: ({ isPast, name, when }) =>
			isPast
				? `Le devis ${name} n’est plus valable depuis ${when}, et reste sans réponse.`
				: `Le devis ${name} reste sans réponse et n’est valable que jusqu’au ${when}.`,
		button: 'Ouvrir le devis',
	},
	appointment_today: { title: ({ name }) => name || 'Rendez-vous', reason: ({ when }) => `Rendez-vous aujourd’hui, ${when}.`, button: 'Ouvrir le rendez-vous' },
	task_today: { title: ({ name }) => name, reason: ({ when, who }) => `Tâche à faire aujourd’hui, ${when}${by(who)}.`, button: 'Marquer comme faite' },
	close_date_past: { title: () => 'Revoir la date de signature', reason: ({ when }) => `La signature était prévue ${when}.`, button: 'Aller à la date' },
	convert: { title: () => 'Convertir ce lead ou planifier la suite', reason: () => 'Il est qualifié, et rien n’est prévu.', button: 'Aller à la conversion' },
	plan: {
		title: () => 'Planifier la prochaine étape',
		reason: ({ known, ago }) => (known ? `Rien n’est prévu. Dernier échange ${ago}.` : 'Rien n’est prévu, et aucun échange n’est consigné.'),
		button: 'Planifier',
	},
	planned: {
		title: ({ name }) => name || 'Prochaine étape',
		reason: ({ when, who, known }) => (known ? `C’est prévu ${when}${by(who)}.` : `C’est prévu, sans date${by(who)}.`),
		button: null,
	},
	closed: { title: () => 'Rien à faire', reason: () => 'Cette fiche est close.', button: null },
	quiet: { title: () => 'Rien d’urgent', reason: ({ known, ago }) => (known ? `Dernier échange ${ago}.` : 'Rien n’est prévu.'), button: null },
};

const english: Record<NextKind, Line> = {
	open_deal: { title: () => 'Go on in the deal', reason: ({ name }) => `This lead is converted: go on in “${name}”.`, button: 'Open the deal' },
	check_duplicate: {
		title: () => 'Check the duplicate',
		reason: ({ name }) => `This lead looks like “${name}”: see who follows it before you call.`,
		button: 'Open the other lead',
	},
	first_contact: {
		title: () => 'Call this lead',
		reason: ({ isPast, when, delay }) => (isPast ? `The first contact was due ${when}: ${delay} late.` : `First contact due ${when}, in ${delay}.`),
		button: 'Log the call',
	},
	answer: {
		title: () => 'Answer',
		reason: ({ name, ago }) => `Message received ${ago}, not answered yet${name ? `: “${name}”` : ''}.`,
		button: 'Log the answer',
	},
	ticket_late: {
		title: () => 'Move the ticket on',
		reason: ({ name, delay }) => `The ticket “${name}” is ${delay} past its deadline.`,
		button: 'Open the ticket',
	},
	invoice_overdue: { title: () => 'Chase an invoice', reason: ({ name, when }) => `Invoice ${name} was to be paid ${when}.`, button: 'Open the invoice' },
	overdue_task: { title: ({ name }) => name, reason: ({ when, who }) => `Late task: it was due ${when}${by(who)}.`, button: 'Mark as done' },
	next_step_late: { title: () => 'Update the next step', reason: ({ when }) => `It was planned ${when}.`, button: 'Go to the next step' },
	alert: { title: ({ name }) => name, reason: ({ detail }) => detail ?? 'There is an open alert about this record.', button: 'Open the alert' },
	quote_ending: {
		title: () => 'Chase the quote',
		reason: ({ isPast, name, when }) => (isPast ? `Quote ${name} ended on ${when}, without an answer.` : `Quote ${name} has no answer and ends on ${when}.`),
		button: 'Open the quote',
	},
	appointment_today: { title: ({ name }) => name || 'Appointment', reason: ({ when }) => `Appointment today, ${when}.`, button: 'Open the appointment' },
	task_today: { title: ({ name }) => name, reason: ({ when, who }) => `Task for today, ${when}${by(who)}.`, button: 'Mark as done' },
	close_date_past: { title: () => 'Review the close date', reason: ({ when }) => `The deal was expected to close ${when}.`, button: 'Go to the date' },
	convert: { title: () => 'Convert this lead or plan what follows', reason: () => 'It is qualified, and nothing is planned.', button: 'Go to the conversion' },
	plan: {
		title: () => 'Plan the next step',
		reason: ({ known, ago }) => (known ? `Nothing is planned. Last interaction ${ago}.` : 'Nothing is planned, and no interaction is logged.'),
		button: 'Plan',
	},
	planned: {
		title: ({ name }) => name || 'Next step',
		reason: ({ when, who, known }) => (known ? `Planned ${when}${by(who)}.` : `Planned, without a date${by(who)}.`),
		button: null,
	},
	closed: { title: () => 'Nothing to do', reason: () => 'This record is closed.', button: null },
	quiet: { title: () => 'Nothing urgent', reason: ({ known, ago }) => (known ? `Last interaction ${ago}.` : 'Nothing is planned.'), button: null },
};

const lines = { fr: french, en: english };
const bareDay: readonly NextKind[] = ['quote_ending'];
const today: readonly NextKind[] = ['task_today', 'appointment_today'];

/** `le 21 nov. 2026 à 14:03`, `à 14:03` for what is today; a plain day without an hour. */
function whenOf({ kind, at }: NextAction, date: Date, language: Language): string {
	const plain = at?.length === 10;
	if (today.includes(kind) && !plain) {
		const time = dateFormat(language, { hour: '2-digit', minute: '2-digit' }).format(date);
		return language === 'fr' ? `à ${time}` : `at ${time}`;
	}
	const text = plain ? shortDay(date, language) : shortMoment(date, language);
	if (bareDay.includes(kind)) return text;
	return language === 'fr' ? `le ${text}` : `on ${text}`;
}

/** An action in the reader's words. */
export function say(next: NextAction, now: Date, language: Language): Said {
	const line = lines[language][next.kind];
	const date = parseMoment(next.at);
	const values: Values = {
		name: next.about?.name ?? '',
		detail: next.about?.detail ?? null,
		who: next.about?.who ?? null,
		known: date !== null,
		when: date ? whenOf(next, date, language) : '',
		ago: date ? daysAgo(date, now, language) : '',
		delay: date ? duration(date, now, language) : '',
		isPast: date !== null && (next.at?.length === 10 ? new Date(`${next.at}T23:59:59`) : date) < now,
	};
	return { icon: icons[next.kind], title: line.title(values) || line.reason(values), reason: line.reason(values), button: line.button };
}
