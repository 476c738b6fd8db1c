import { mobilePhone } from './identity.ts';
import type { Taken } from './organisations.ts';
import type { Random } from './random.ts';
import { jobs } from './words/industries.ts';
import { firstNames, lastNames, plain } from './words/names.ts';

/** Somebody out there: a name, a job, an address on the firm's domain. */
export type Person = {
	first: string;
	last: string;
	civility: 'mme' | 'm';
	job: string;
	role: (typeof jobs)[number]['role'];
	email: string;
	mobile: string;
};

const jobWeights = Object.fromEntries(jobs.map(({ weight }, index) => [String(index), weight]));

/** An invented person at the firm with this domain; `senior` leaves out those who merely use what others buy. */
export function personOf(random: Random, taken: Taken, domain: string, senior = false): Person {
	for (;;) {
		const sex = random.chance(0.47) ? 'female' : 'male';
		const first = random.pick(firstNames[sex]);
		const last = random.pick(lastNames);
		const email = `${plain(first)}.${plain(last)}@${domain}`;
		const job = jobs[Number(random.weighted(jobWeights))];
		if (!job || first === last || taken.emails.has(email) || (senior && job.role === 'user')) continue;
		taken.emails.add(email);
		return { first, last, civility: sex === 'female' ? 'mme' : 'm', job: job.title[sex], role: job.role, email, mobile: mobilePhone(random, taken.phones) };
	}
}
