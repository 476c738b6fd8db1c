import { describe, expect, it } from 'vitest';
import { factKinds, leadFacts } from './facts.ts';
import { choiceLabels, factLabels } from './labels.ts';
import { compileRules, scoreLead } from './score.ts';
import { alone, daysBefore, lead, monday, seededRules, settings } from './test-leads.ts';
import type { Lead, Surroundings } from './types.ts';

const rules = seededRules();
const compiled = compileRules(rules);
const score = (changes: Partial<Lead>, around: Surroundings = alone) => scoreLead(leadFacts(lead(changes), around), compiled, settings(), monday);

describe('the shipped criteria', () => {
	it('are more than fifty, all sound, with their own id, name and place', () => {
		expect(rules.length).toBeGreaterThanOrEqual(55);
		expect(compiled.faults).toEqual([]);
		for (const key of ['id', 'name', 'sort'] as const)
			expect(new Set(rules.map((one) => (one as unknown as Record<string, unknown>)[key])).size).toBe(rules.length);
	});
	it('compare choices with values that exist', () => {
		for (const { name, field, operator, value } of rules) {
			if (factKinds[field as keyof typeof factKinds] !== 'choice' || field === 'country' || !['equals', 'one_of'].includes(operator)) continue;
			const known = Object.keys(choiceLabels[field] ?? factLabels[field] ?? {});
			for (const choice of (value ?? '').split(',')) expect({ name, known }).toHaveProperty('known', expect.arrayContaining([choice.trim()]));
		}
	});
	it('give the head of a workshop who asks for a demonstration an A1', () => {
		const { grade, reasons } = score({
			first_name: 'Claire',
			last_name: 'Morel',
			email: 'claire.morel@usinage-valmont.fr',
			phone: '+33612345678',
			job_title: 'Directrice de production',
			decision_role: 'decision_maker',
			language: 'fr',
			company_name: 'Usinage Valmont',
			siren: '552100554',
			industry: 'manufacturing',
			size_band: '50-249',
			employees: 80,
			region: 'bretagne',
			timing: 'quarter',
			budget_cents: 3_500_000,
			source: 'website',
			need: 'Nous suivons nos ordres de travail sur tableur. Pouvez-vous nous montrer votre solution ?',
			demo_requested_at: monday,
			last_activity_at: monday,
			email_consent: 'given',
		});
		expect(grade).toBe('A1');
		expect(reasons.length).toBeGreaterThan(10);
	});
	it('give a student with a throw-away address a D4', () =>
		expect(
			score({ first_name: 'Max', email: 'max@yopmail.com', job_title: 'Étudiant en alternance', need: 'Un rapport de stage', source: 'other', language: 'fr' })
				.grade,
		).toBe('D4'));
	it('let the interest of a lead fade with time', () => {
		const asked = (days: number) =>
			score({
				demo_requested_at: daysBefore(monday, days),
				last_activity_at: daysBefore(monday, days),
				date_created: daysBefore(monday, days),
				source: 'website',
			}).engagement;
		const fading = [0, 10, 30, 90, 365].map(asked);
		expect(fading).toEqual(fading.toSorted((a, b) => b - a));
		expect(fading[0]).toBeGreaterThan(40);
		expect(fading.at(-1)).toBeLessThan(0);
	});
	it('spread an ordinary mix of leads near A 15, B 30, C 35, D 20 percent', () => {
		const counts: Record<string, number> = { A: 0, B: 0, C: 0, D: 0 };
		const digits: Record<string, number> = { 1: 0, 2: 0, 3: 0, 4: 0 };
		for (const one of ordinaryLeads(2000)) {
			const { grade } = score(one.lead, one.around);
			counts[grade[0] ?? ''] = (counts[grade[0] ?? ''] ?? 0) + 1;
			digits[grade[1] ?? ''] = (digits[grade[1] ?? ''] ?? 0) + 1;
		}
		const share = (count: number | undefined): number => (count ?? 0) / 2000;
		for (const [letter, low, high] of [
			['A', 0.1, 0.2],
			['B', 0.25, 0.38],
			['C', 0.3, 0.42],
			['D', 0.13, 0.26],
		] as const) {
			expect.soft(share(counts[letter]), `share of ${letter}`).toBeGreaterThan(low);
			expect.soft(share(counts[letter]), `share of ${letter}`).toBeLessThan(high);
		}
		for (const digit of ['1', '2', '3', '4']) expect.soft(share(digits[digit]), `share of ${digit}`).toBeGreaterThan(0.05);
	});
});

/** Leads as a French software house of this kind gets them: forms filled in by halves, every industry and size. Seeded. */
function ordinaryLeads(count: number): { lead: Partial<Lead>; around: Surroundings }[] {
	let state = 20261123;
	const next = (): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	const has = <T>(share: number, value: T): T | null => (next() < share ? value : null);
	const pick = <T extends string>(weights: Record<T, number>): T => {
		const entries = Object.entries<number>(weights) as [T, number][];
		let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		return entries.find(([, weight]) => (rest -= weight) < 0)?.[0] ?? (entries[0]?.[0] as T);
	};
	const heads = { '1-9': 5, '10-49': 25, '50-249': 110, '250-999': 450, '1000+': 1600 };
	const jobs = {
		'Directeur général': 3,
		Gérante: 3,
		'Directrice des opérations': 3,
		'Directeur administratif et financier': 2.5,
		'Directeur de production': 3,
		'Responsable maintenance': 3,
		DSI: 2,
		'Responsable qualité': 2.5,
		'Cheffe de projet': 2,
		Comptable: 2,
		'Assistante de direction': 1.5,
		'Étudiant en alternance': 0.8,
	};
	const roles: Record<string, string> = {
		'Directeur général': 'decision_maker',
		Gérante: 'decision_maker',
		'Directrice des opérations': 'decision_maker',
		'Directeur de production': 'champion',
		'Responsable maintenance': 'champion',
		Comptable: 'user',
		'Assistante de direction': 'user',
		'Étudiant en alternance': 'user',
	};
	const needs = {
		'Nous suivons nos ordres de travail sur tableur.': 3,
		'Besoin d’un planning pour nos équipes, avant la fin de l’année.': 2,
		'Pouvez-vous nous envoyer un devis ?': 2,
		'Nous voulons connecter vos données à notre logiciel.': 2,
		Bonjour: 1,
	};
	return Array.from({ length: count }, () => {
		const size = pick({ '1-9': 24, '10-49': 42, '50-249': 26, '250-999': 7, '1000+': 1 });
		const employees = Math.round(heads[size] * (0.6 + 0.8 * next()));
		const job = pick(jobs);
		const warmth = next();
		const ago = (days: number): Date => daysBefore(monday, next() * days);
		const source = pick({
			website: 30,
			ads: 16,
			referral: 8,
			reseller: 5,
			event: 10,
			webinar: 10,
			inbound_call: 6,
			outbound: 8,
			social: 6,
			partner: 5,
			list: 8,
			other: 2,
		});
		return {
			lead: {
				first_name: 'Marie',
				last_name: 'Dupont',
				language: 'fr',
				country: 'FR',
				source,
				email: has(0.9, next() < 0.1 ? 'marie@gmail.com' : 'marie@acme.fr'),
				phone: has(0.75, '+33612345678'),
				job_title: has(0.8, job),
				decision_role: has(0.6, roles[job] ?? 'influencer'),
				linkedin: has(0.2, 'https://linkedin.com/in/x'),
				company_name: has(0.95, 'Acme'),
				siren: has(0.45, '552100554'),
				website: has(0.4, 'https://acme.fr'),
				industry: has(
					0.8,
					pick({
						manufacturing: 5,
						tech: 3,
						logistics: 3,
						construction: 3,
						retail: 2.5,
						services: 2.5,
						health: 1.5,
						hospitality: 1.2,
						finance: 0.8,
						education: 0.7,
						public: 0.7,
					}),
				),
				size_band: has(0.8, size),
				employees: has(0.5, employees),
				revenue_keur: has(0.3, employees * 160),
				region: has(0.85, pick({ ile_de_france: 8, bretagne: 4, corse: 0.3, abroad: 0.5, grand_est: 3 })),
				need: has(0.7, pick(needs)),
				product: has(0.5, 'p'),
				budget_cents: has(0.4, Math.round(employees * 15_000 * (0.4 + 1.6 * next()))),
				timing: has(0.6, pick({ now: 1, quarter: 3, half_year: 3, year: 2, later: 1 })),
				current_solution: has(0.4, pick({ Tableur: 2, Papier: 1, 'Logiciel concurrent': 1, 'Progiciel de gestion': 1 })),
				reseller: source === 'reseller' ? 'r' : null,
				email_consent: pick({ unknown: 3, given: 6, refused: 0.5 }),
				phone_consent: pick({ unknown: 5, given: 4, refused: 0.5 }),
				pages_viewed: Math.floor(warmth * 25),
				emails_opened: Math.floor(warmth * next() * 10),
				emails_clicked: Math.floor(warmth * next() * 5),
				content_downloads: Math.floor(warmth * next() * 4),
				pricing_viewed_at: has(warmth * 0.4, ago(20)),
				demo_requested_at: has(warmth * 0.3, ago(20)),
				trial_started_at: has(warmth * 0.1, ago(20)),
				last_activity_at: ago(30),
				date_created: ago(40),
			},
			around: { ...alone, account: pick({ none: 80, prospect: 10, client: 8, partner: 2 }) },
		};
	});
}
