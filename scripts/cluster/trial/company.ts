import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { roleIds } from '../../../seeds/ids.ts';
import { call, createClient } from '../../support/client.ts';
import type { Client } from '../../support/client.ts';
import type { Stack } from './stack.ts';

/** A small company in the stack, made through nginx by its administrator. */
export type Company = {
	token: string;
	admin: Client;
	sellers: string[];
};

/** The first sign-in; afterwards a token that lasts, for the trial takes longer than a session. */
async function signIn({ email, password }: Stack['admin'], url: string): Promise<string> {
	const answer = await fetch(`${url}/auth/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ email, password }),
	});
	if (!answer.ok) throw new Error(`Connexion de l’administrateur : ${answer.status}`);
	const { data } = (await answer.json()) as { data: { access_token: string } };
	const token = randomBytes(24).toString('hex');
	await call(createClient(url, data.access_token), 'PATCH', '/users/me', { token });
	return token;
}

/** Signs in and makes a sales team of three and its manager. */
export async function createCompany(stack: Stack): Promise<Company> {
	const url = stack.url('nginx');
	const token = await signIn(stack.admin, url);
	const admin = createClient(url, token);
	const person = (first_name: string, role: string) => ({
		first_name,
		last_name: 'Essai',
		email: `${first_name.toLowerCase()}@example.com`,
		role,
		status: 'active',
	});
	const manager = await call<{ id: string }>(admin, 'POST', '/users', person('Manon', roleIds.manager));
	const team = await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Vente', kind: 'sales', manager: manager.id });
	const sellers = await call<{ id: string }[]>(
		admin,
		'POST',
		'/users',
		['Alice', 'Bruno', 'Chloe'].map((name) => ({
			...person(name, roleIds.commercial),
			team: team.id,
			takes_leads: true,
			lead_capacity: 1000,
			hired_on: '2020-01-06',
			working_days: [1, 2, 3, 4, 5, 6, 7],
		})),
	);
	return { token, admin, sellers: sellers.map(({ id }) => id) };
}

let number = 0;

/** A lead that resembles no other; `occasion` finds it again. */
export function newLead(occasion: string): Record<string, unknown> {
	number += 1;
	const name = `${occasion}-${number}-${randomBytes(3).toString('hex')}`;
	return {
		first_name: 'Jeanne',
		last_name: name,
		email: `${name}@${name}.example.com`,
		company_name: name,
		source: 'website',
		current_solution: occasion,
		timing: 'now',
	};
}

export type Answer = { ok: boolean; status: number; ids: string[] };

/** Posts one lead or several; never throws: status 0 when the connection broke. */
export async function postLeads(url: string, token: string, leads: Record<string, unknown> | Record<string, unknown>[]): Promise<Answer> {
	try {
		const response = await fetch(`${url}/items/leads?fields=id`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
			body: JSON.stringify(leads),
		});
		if (!response.ok) return { ok: false, status: response.status, ids: [] };
		const { data } = (await response.json()) as { data: { id: string } | { id: string }[] };
		return { ok: true, status: response.status, ids: (Array.isArray(data) ? data : [data]).map(({ id }) => id) };
	} catch {
		return { ok: false, status: 0, ids: [] };
	}
}

/** Posts a lead again for as long as Directus refuses it as overloaded (503), which it does before anything else: up to 30 times. */
export async function postUntilTaken(url: string, token: string, lead: Record<string, unknown>): Promise<Answer> {
	for (let tries = 1; ; tries += 1) {
		const answer = await postLeads(url, token, lead);
		if (answer.status !== 503 || tries === 30) return answer;
		await sleep(1000);
	}
}
