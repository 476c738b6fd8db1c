import type { Calendar } from './calendar.ts';
import { atWork, daysBetween, isoDate, plusDays, toWorkday } from './calendar.ts';
import type { Client } from './clients.ts';
import type { Company } from './companies.ts';
import { demoId } from './ids.ts';
import type { Project } from './projects.ts';
import { randomOf } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, teamOf } from './team.ts';
import type { Member } from './team.ts';

type Filed = { title: string; type: string; company: Company; on: Date; owner: Member; tags: string[]; expires?: Date; subject?: Row };

/** Up to this many of each kind: 40 documents in all. */
const wanted = { contracts: 12, orders: 10, reports: 8, suppliers: 5 } as const;

/**
 * The documents that somebody filed: signed contracts and quotes of recent clients, minutes of projects, papers of suppliers.
 * They have no file: the demo brings no files with it.
 */
export function documentRows(
	calendar: Calendar,
	{
		clients,
		companies,
		projects,
		contracts,
		quotes,
	}: {
		clients: readonly Client[];
		companies: readonly Company[];
		projects: readonly Project[];
		contracts: ReadonlyMap<string, string>;
		quotes: ReadonlyMap<string, string>;
	},
): Row[] {
	const random = randomOf('documents');
	const success = member('success');
	const finance = member('finance');
	const recent = clients.toSorted((a, b) => b.since.getTime() - a.since.getTime());
	const signed = recent.slice(0, wanted.contracts).map(({ company, since }): Filed => ({
		title: `Contrat de services signé – ${company.org.name}`,
		type: 'contract',
		company,
		on: since,
		owner: company.owner ?? success,
		tags: ['signé'],
		subject: { contract: contracts.get(company.id) ?? null },
	}));
	const orders = recent
		.flatMap(({ company, deals }) =>
			deals.flatMap((deal) => (deal.outcome === 'won' && deal.closedAt && quotes.has(deal.id) ? [{ company, deal, on: deal.closedAt }] : [])),
		)
		.slice(0, wanted.orders)
		.map(({ company, deal, on }): Filed => ({
			title: `Devis signé – ${deal.name}`,
			type: 'quote',
			company,
			on,
			owner: deal.owner,
			tags: ['signé'],
			subject: { quote: quotes.get(deal.id) ?? null, opportunity: deal.id },
		}));
	const reports = projects
		.flatMap((project) => {
			const { client } = project;
			const done = project.milestones.filter(({ doneOn }) => doneOn).at(-1);
			return client && done?.doneOn ? [{ project, company: client.company, milestone: done.name, on: done.doneOn }] : [];
		})
		.toSorted((a, b) => b.on.getTime() - a.on.getTime() || (a.project.id < b.project.id ? -1 : 1))
		.slice(0, wanted.reports)
		.map(({ project, company, milestone, on }): Filed => ({
			title: `Compte rendu : ${milestone} – ${company.org.name}`,
			type: 'report',
			company,
			on,
			owner: project.manager,
			tags: ['projet'],
			subject: { project: project.id },
		}));
	const papers = companies
		.filter(({ kind, created }) => kind === 'supplier' && created < calendar.at(-60))
		.slice(0, wanted.suppliers)
		.flatMap((company): Filed[] => {
			// A company record is asked for again every six months.
			const on = toWorkday(calendar.at(-random.int(12, Math.min(170, Math.floor(daysBetween(company.created, calendar.today))))));
			return [
				{ title: `Extrait Kbis – ${company.org.name}`, type: 'company_record', company, on, owner: finance, tags: ['fournisseur'], expires: plusDays(on, 180) },
				{
					title: `RIB – ${company.org.name}`,
					type: 'bank_details',
					company,
					on: toWorkday(plusDays(company.created, 4)),
					owner: finance,
					tags: ['fournisseur'],
				},
			];
		});
	return [...signed, ...orders, ...reports, ...papers].map(({ title, type, company, on, owner, tags, expires, subject }, index) => {
		const filed = atWork(random, plusDays(on, 0.1));
		return {
			id: demoId('documents', index),
			title: title.slice(0, 255),
			type,
			dated_on: isoDate(on),
			expires_on: expires ? isoDate(expires) : null,
			tags,
			owner: owner.id,
			team: teamOf(owner),
			company: company.id,
			status: 'filed',
			origin: 'manual',
			...subject,
			...traces(filed < calendar.end ? filed : calendar.end, owner.id),
		};
	});
}
