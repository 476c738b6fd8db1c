import type { ConsentDemand, Reachable } from './types.ts';

/** `reason`: French, for people. `because` decides what happens to the run: a refusal stops it, a missing number only skips the step. */
export type Consent = { allowed: true } | { allowed: false; because: 'refused' | 'no_consent' | 'no_address'; reason: string };

const no = (because: 'refused' | 'no_consent' | 'no_address', reason: string): Consent => ({ allowed: false, because, reason });

/**
 * Whether a prospecting e-mail may go out (CPCE L34-5, RGPD 6.1.f and 21): an objection always counts; a private person must have
 * agreed; a professional may be written to until they object, unless the template asks for an agreement.
 */
export function mayEmail({ email, emailConsent, isConsumer }: Reachable, demand: ConsentDemand = 'not_refused'): Consent {
	if (!email) return no('no_address', 'aucune adresse e-mail');
	if (emailConsent === 'refused') return no('refused', 'la personne s’est opposée aux e-mails');
	if (emailConsent === 'given') return { allowed: true };
	if (isConsumer) return no('no_consent', 'un particulier ne reçoit de prospection qu’avec son accord');
	return demand === 'given' ? no('no_consent', 'ce modèle demande un accord recueilli') : { allowed: true };
}

/** Whether a call or an SMS may be asked for (Code de la consommation L223-1): a private person must have agreed, an objection always counts. */
export function mayCall({ phone, phoneConsent, isConsumer }: Reachable, demand: ConsentDemand = 'not_refused'): Consent {
	if (!phone) return no('no_address', 'aucun numéro de téléphone');
	if (phoneConsent === 'refused') return no('refused', 'la personne s’est opposée aux appels');
	if (phoneConsent === 'given') return { allowed: true };
	if (isConsumer) return no('no_consent', 'un particulier n’est démarché par téléphone qu’avec son accord');
	return demand === 'given' ? no('no_consent', 'ce modèle demande un accord recueilli') : { allowed: true };
}

type Answer = string | null | undefined;

/** Several answers of one person: an objection anywhere outweighs an agreement elsewhere. */
export function strictest(answers: readonly Answer[]): 'unknown' | 'given' | 'refused' {
	if (answers.includes('refused')) return 'refused';
	return answers.includes('given') ? 'given' : 'unknown';
}
