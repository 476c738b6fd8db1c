import { roleIds } from '../../seeds/ids.ts';
import type { Calendar } from './calendar.ts';
import { isoDate } from './calendar.ts';
import { resellerCompanyId } from './companies.ts';
import type { Row } from './rows.ts';
import { members, teamOf } from './team.ts';

/** The twelve users, without passwords: `npm start` gives one person per role a random one. Nobody gets e-mails from the demo. */
export const userRows = (calendar: Calendar): Row[] =>
	members.map((person) => ({
		id: person.id,
		first_name: person.first,
		last_name: person.last,
		email: person.email,
		password: null,
		title: person.title.slice(0, 50),
		language: 'fr-FR',
		status: 'active',
		provider: 'default',
		text_direction: 'auto',
		role: roleIds[person.role],
		email_notifications: false,
		team: teamOf(person),
		seniority: person.seniority,
		hired_on: isoDate(calendar.at(-person.hired)),
		takes_leads: person.role === 'commercial',
		lead_capacity: person.leadCapacity,
		quota_cents: person.quotaCents,
		working_days: person.workingDays,
		reseller_company: person.role === 'reseller' ? resellerCompanyId : null,
		industries: person.industries,
		sizes: person.sizes,
		regions: person.regions,
		languages: person.languages,
	}));
