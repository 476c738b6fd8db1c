import type { Cell } from '../../learners/table.ts';
import type { Contact, Feature } from './types.ts';

type WithContacts = { contacts: readonly Contact[]; tasksDone: readonly number[] };

const latest = (contacts: readonly Contact[]): Cell => contacts.reduce<number | null>((last, { at }) => (last === null || at > last ? at : last), null);

/** Contacts that had taken place and were written down by then. */
export const contactsBy = ({ contacts }: WithContacts, at: number): Contact[] => contacts.filter((contact) => contact.at <= at && contact.knownAt <= at);

/** Facts about exchanges and tasks, the same for leads and deals. */
export const contactFeatures: readonly Feature<WithContacts>[] = [
	{ name: 'contacts_outbound', kind: 'number', of: (history, at) => contactsBy(history, at).filter(({ isInbound }) => !isInbound).length },
	{ name: 'contacts_inbound', kind: 'number', of: (history, at) => contactsBy(history, at).filter(({ isInbound }) => isInbound).length },
	{ name: 'meetings', kind: 'number', of: (history, at) => contactsBy(history, at).filter(({ isMeeting }) => isMeeting).length },
	{ name: 'reached', kind: 'number', of: (history, at) => contactsBy(history, at).filter(({ isReached }) => isReached).length },
	{ name: 'last_contact', kind: 'date', of: (history, at) => latest(contactsBy(history, at)) },
	{ name: 'last_inbound', kind: 'date', of: (history, at) => latest(contactsBy(history, at).filter(({ isInbound }) => isInbound)) },
	{ name: 'tasks_done', kind: 'number', of: ({ tasksDone }, at) => tasksDone.filter((done) => done <= at).length },
];
