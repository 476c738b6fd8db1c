/** Shapes that the rules of this room share. Rules are pure: dates come in as arguments, nothing here knows Directus. */

export type Channel = 'email' | 'sms' | 'call' | 'linkedin';
export type Target = 'leads' | 'people';
export type RunState = 'active' | 'paused' | 'to_check' | 'finished' | 'stopped' | 'failed';
export type StopReason = 'replied' | 'meeting' | 'converted' | 'opted_out' | 'no_consent' | 'bounced' | 'lost' | 'gone' | 'elsewhere' | 'manual';
export type ConsentDemand = 'none' | 'not_refused' | 'given';

/** States in which a run still means to do something; while one lasts, its address follows no other sequence. */
export const liveStates: readonly RunState[] = ['active', 'paused', 'to_check', 'failed'];

/** When a sequence may act: "HH:MM:SS" in Paris; null times fall back to 9:00–18:00. */
export type Cadence = { send_from: string | null; send_until: string | null; working_days_only: boolean; alsace_moselle: boolean };

/** How a person can be reached, all that is known of them put together (lead, contact, others of the same address). */
export type Reachable = {
	email: string | null;
	phone: string | null;
	emailConsent: 'unknown' | 'given' | 'refused';
	phoneConsent: 'unknown' | 'given' | 'refused';
	/** A private person: no company is known. */
	isConsumer: boolean;
};
