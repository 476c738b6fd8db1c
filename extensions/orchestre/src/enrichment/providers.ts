import type { Knex } from '../platform/directus.ts';
import { callConnector, registerConnector, textIn, type Connector } from '../platform/connector/index.ts';
import { counted } from '../platform/text.ts';
import { accountAnswer, emailOf, finderAnswer, type FoundEmail } from './rules/hunter.ts';
import { matchUnit, type Match, type Wanted } from './rules/match.ts';
import { registerAnswer } from './rules/register.ts';

/** The State's public register of companies; free, without a key, and off until its address is set. */
export const register: Connector = {
	key: 'register',
	name: 'registre des entreprises',
	access: (env) => (textIn(env, 'ORCHESTRE_REGISTER_URL') ? { baseUrl: textIn(env, 'ORCHESTRE_REGISTER_URL') } : null),
	// It bears seven of one address; other instances may call from the same.
	perSecond: 3,
	timeoutMs: 10_000,
	test: async (knex) => {
		const { total_results: found } = await callConnector(knex, register, { path: '/search', query: { q: 'la poste', per_page: 1 }, answer: registerAnswer });
		return `Le registre répond : ${counted(found, 'entreprise trouvée', 'entreprises trouvées')} pour « la poste ».`;
	},
};

/** Hunter, or whoever answers like it. The key goes in a header: addresses end up in logs. */
export const hunter: Connector = {
	key: 'hunter',
	name: 'Hunter',
	access: (env) => {
		const key = textIn(env, 'ORCHESTRE_HUNTER_API_KEY');
		return key ? { baseUrl: textIn(env, 'ORCHESTRE_HUNTER_URL') || 'https://api.hunter.io', headers: { 'x-api-key': key } } : null;
	},
	perSecond: 5,
	timeoutMs: 20_000,
	faultOf: (status) => (status === 403 ? 'limited' : status === 429 ? 'used_up' : undefined),
	test: async (knex) => {
		// What is left of the plan; costs nothing of it.
		const { data } = await callConnector(knex, hunter, { path: '/v2/account', answer: accountAnswer });
		return `Connecté à Hunter${data.plan_name ? `, forfait « ${data.plan_name} »` : ''}.`;
	},
};

[register, hunter].forEach(registerConnector);

/** Looks a company up: by SIREN, else by name and place. Throws an OperationalError when the register does not answer as it should. */
export async function findCompany(knex: Knex, wanted: Wanted): Promise<Match> {
	if (!wanted.siren && !wanted.name?.trim()) return matchUnit(wanted, { results: [], total_results: 0 });
	const query = wanted.siren
		? { q: wanted.siren }
		: { q: wanted.name?.trim().slice(0, 120), code_postal: /^\d{5}$/.test(wanted.postalCode ?? '') ? wanted.postalCode : null, per_page: 25 };
	return matchUnit(wanted, await callConnector(knex, register, { path: '/search', query, answer: registerAnswer }));
}

export type Person = { firstName: string; lastName: string; domain: string };

/** Looks for a person's professional address. 404: nobody known; 451: the person asked Hunter not to be found, which counts for us, too. */
export async function findEmail(knex: Knex, { firstName, lastName, domain }: Person): Promise<FoundEmail | null> {
	const query = { domain, first_name: firstName, last_name: lastName };
	return emailOf(await callConnector(knex, hunter, { path: '/v2/email-finder', query, answer: finderAnswer, accepts: [404, 451] }));
}
