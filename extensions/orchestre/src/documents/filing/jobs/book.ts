import { z } from 'zod';
import { moneyWords } from '../../checks/parts.ts';
import { systemAccountability } from '../../../platform/directus.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import type { JobResult } from '../../../platform/jobs/types.ts';
import { LaterActions } from '../../../platform/later-actions.ts';
import { tell } from '../../../platform/notices.ts';
import { Writer } from '../../../platform/writer.ts';
import { firstAccountWords } from '../doubts.ts';
import { flows } from '../flows.ts';
import { isProduct, readDocumentRow } from '../rows.ts';
import { reviewerOf } from '../reviewers.ts';
import { readDocumentSettings } from '../settings.ts';

type Row = {
	id: string;
	supplier_number: string | null;
	gross_cents: number | null;
	status: string;
	type: string;
	company: string;
	company_name: string;
	currency: string | null;
};

/**
 * Flow 43: a purchase invoice that was filed. From the amount in the settings on, somebody has to approve it (docs/decisions/117); whoever looks after
 * invoices is told in any case.
 */
defineJob({
	kind: 'documents.book',
	flow: flows.book,
	mode: 'transaction',
	payload: z.object({ invoice: z.string() }),
	run: async ({ trx, host, job, payload: { invoice: id } }): Promise<JobResult> => {
		const invoice = (await trx('invoices as i').join('companies as c', 'c.id', 'i.company').where({ 'i.id': id }).first('i.id', 'i.supplier_number', 'i.gross_cents', 'i.status', 'i.type', 'i.company', 'i.currency', { company_name: 'c.name' })) as Row | undefined; // prettier-ignore
		const document = await readDocumentRow(trx, job.item ?? '');
		if (!invoice || !document) return { skipped: 'La facture n’existe plus.' };
		const settings = await readDocumentSettings(trx);
		const reviewer = await reviewerOf(trx, settings, 'invoice', document);
		const gross = Number(invoice.gross_cents ?? 0);
		const name = `${invoice.supplier_number} de ${invoice.company_name}, ${moneyWords(gross, invoice.currency).fr} TTC`;
		// The threshold is in euros, and no rate is kept: a person decides on every invoice in another currency.
		const isForeign = (invoice.currency ?? 'EUR') !== 'EUR';
		const account = (document.filing_note ?? '').split('\n').find((line) => line.startsWith(firstAccountWords));
		const warned = (sentence: string): string => [sentence, ...(account ? [account] : [])].join('\n');
		const key = `documents.purchase:${invoice.id}`;
		const isAsked = invoice.type === 'invoice' && invoice.status === 'draft' && gross > 0 && (isForeign || gross >= settings.approvalCents);
		const known = await trx('validation').where({ request_key: key }).first('id');
		let approval = known ? 'known' : 'none';
		if (isAsked && !known) {
			const requester = [document.user_created, reviewer?.id ?? null].find((user) => !isProduct(user)) ?? null;
			const actions = new LaterActions();
			const request = {
				title: `Facture d’achat n° ${name}`.slice(0, 255),
				kind: 'purchase_invoice',
				requester,
				amount_cents: isForeign ? null : gross,
				reason: warned(
					isForeign
						? `Facture de ${moneyWords(gross, invoice.currency).fr} : dans une autre devise que l’euro, une facture d’achat s’approuve quel que soit son montant.`
						: `À partir de ${moneyWords(settings.approvalCents, 'EUR').fr} TTC, une facture d’achat s’approuve avant d’être bonne à payer.`,
				),
				invoice: invoice.id,
				company: invoice.company,
				request_key: key,
			};
			await new Writer(host, trx, systemAccountability(), actions).create('validation', request);
			actions.emitOnceCommitted(trx);
			approval = 'asked';
		}
		const toldBefore =
			reviewer && (await trx('directus_notifications').where({ recipient: reviewer.id, collection: 'invoices', item: invoice.id }).first('id'));
		if (reviewer && !toldBefore)
			await tell(trx, [
				{
					recipients: [reviewer.id],
					subject: `Facture d’achat enregistrée : ${name}`.slice(0, 255),
					message: warned(approval === 'asked' ? 'Brouillon créé à partir du document ; son approbation est demandée.' : 'Brouillon créé à partir du document : vérifiez-le, puis passez-le en « émise » pour le dire bon à payer.'), // prettier-ignore
					collection: 'invoices',
					item: invoice.id,
				},
			]);
		return { approval };
	},
});
