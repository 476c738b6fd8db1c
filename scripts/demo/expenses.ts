import type { Calendar } from './calendar.ts';
import { businessDay, isoDate, officeMoment, plusDays } from './calendar.ts';
import { demoId } from './ids.ts';
import type { Project } from './projects.ts';
import { randomOf } from './random.ts';
import type { Row } from './rows.ts';
import { moment, traces } from './rows.ts';
import { member, members, teamOf } from './team.ts';

type Kind = { category: string; label: string; merchants: string[]; from: number; to: number; vatRate: number };

/** Usual expenses; amounts in euros with tax. Train tickets and an employee's hotel give no VAT back. */
const kinds: Kind[] = [
	{ category: 'transport', label: 'Train aller-retour', merchants: ['Gare SNCF', 'Agence de voyages'], from: 48, to: 210, vatRate: 0 },
	{ category: 'lodging', label: 'Nuit d’hôtel', merchants: ['Hôtel de la Gare', 'Hôtel du Parc'], from: 72, to: 135, vatRate: 0 },
	{ category: 'meals', label: 'Déjeuner avec un client', merchants: ['Brasserie des Halles', 'Le Comptoir', 'Chez Mado'], from: 24, to: 128, vatRate: 1000 },
	{ category: 'car', label: 'Carburant', merchants: ['Station-service'], from: 42, to: 88, vatRate: 2000 },
	{ category: 'supplies', label: 'Petit matériel', merchants: ['Quincaillerie du Centre'], from: 12, to: 74, vatRate: 2000 },
	{ category: 'telecom', label: 'Forfait mobile', merchants: ['Opérateur télécom'], from: 22, to: 40, vatRate: 2000 },
];

/** Expense claims of those who travel: approved by the manager within days, paid back with the month's end. */
export function expenseRows(calendar: Calendar, projects: readonly Project[], wanted: number): Row[] {
	const random = randomOf('expenses');
	const travellers = members.filter(({ role }) => role === 'commercial' || role === 'manager' || role === 'success' || role === 'operations');
	const rows: Row[] = [];
	while (rows.length < wanted) {
		const who = random.pick(travellers);
		const spent = businessDay(random, calendar.start, calendar.end);
		if (spent < calendar.at(-who.hired)) continue;
		const mileage = random.chance(0.12);
		const kind = random.pick(kinds);
		const kilometres = random.int(30, 380);
		const gross = mileage ? Math.round(kilometres * 60.6) : random.int(kind.from * 100, kind.to * 100);
		const vatRate = mileage ? 0 : kind.vatRate;
		const net = Math.round((gross * 10_000) / (10_000 + vatRate));
		const running = projects.filter(({ starts, ends, client }) => client && starts <= spent && ends >= spent);
		const project = running.length > 0 && random.chance(0.4) ? random.pick(running) : null;
		const submitted = officeMoment(random, plusDays(spent, random.int(1, 6)));
		const approved = officeMoment(random, plusDays(submitted, random.int(1, 7)));
		const paid = new Date(Date.UTC(approved.getUTCFullYear(), approved.getUTCMonth() + 1, 0));
		const rejected = random.chance(0.03);
		const status =
			submitted > calendar.end ? 'draft' : approved > calendar.end ? 'submitted' : rejected ? 'rejected' : paid > calendar.end ? 'approved' : 'reimbursed';
		const done = status === 'approved' || status === 'reimbursed';
		const approver = member(who.team === 'south' ? 'manager-south' : who.team === 'north' && who.role !== 'manager' ? 'manager-north' : 'direction');
		const created = submitted > calendar.end ? calendar.end : submitted;
		rows.push({
			id: demoId('expenses', rows.length),
			label: mileage ? 'Indemnité kilométrique' : kind.label,
			status,
			kind: mileage ? 'mileage' : 'expense_claim',
			rejection_reason: status === 'rejected' ? 'Justificatif illisible.' : null,
			owner: who.id,
			team: teamOf(who),
			category: mileage ? 'car' : kind.category,
			spent_on: isoDate(spent),
			merchant: mileage ? null : random.pick(kind.merchants),
			gross_cents: gross,
			vat_cents: gross - net,
			net_cents: net,
			vat_rate: vatRate,
			currency: 'EUR',
			distance_km: mileage ? kilometres * 1000 : null,
			vehicle_power: mileage ? 'cv5' : null,
			trip: mileage ? `Lyon – ${project?.client?.company.org.place.city ?? random.pick(['Grenoble', 'Valence', 'Saint-Étienne', 'Mâcon'])} et retour` : null,
			guests: kind.category === 'meals' && !mileage ? 'Un client' : null,
			project: project?.id ?? null,
			company: project?.client?.company.id ?? null,
			billable: project !== null && random.chance(0.5),
			paid_with: random.chance(0.75) || mileage ? 'personal' : 'company_card',
			submitted_at: status === 'draft' ? null : moment(submitted),
			approved_by: done ? approver.id : null,
			approved_at: done ? moment(approved) : null,
			reimbursed_on: status === 'reimbursed' ? isoDate(paid) : null,
			...traces(created, who.id, done ? approved : created),
		});
	}
	return rows;
}
