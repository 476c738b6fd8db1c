import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Knex } from 'knex';
import { facturX } from '../../extensions/orchestre/src/documents/einvoice/made-up.ts';
import { isoOf, toParis } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { folderIds } from '../../seeds/ids.ts';
import { demoId } from './ids.ts';
import { ownCompany } from './profile.ts';
import { member } from './team.ts';

type DemoFile = { name: string; type: string; title: string; by: string; bytes: Buffer };

/** The e-invoice of a supplier that the company does not have yet, dated some days ago. */
function electronicInvoice(day: (ahead: number) => string): Buffer {
	const compact = (ahead: number): string => day(ahead).replaceAll('-', '');
	return Buffer.from(
		facturX
			.replaceAll('20261102', compact(-6))
			.replaceAll('20261202', compact(24))
			.replaceAll('20261030', compact(-8))
			.replaceAll('FA-2026-0042', 'FA-2026-1187')
			.replaceAll('Ma Société', ownCompany.legal_name)
			.replaceAll('55210055400013', ownCompany.siret)
			.replaceAll('552100554', ownCompany.siren),
	);
}

const card = (): Buffer =>
	Buffer.from(
		['BEGIN:VCARD', 'VERSION:3.0', 'N:Garnier;Lucie;;;', 'FN:Lucie Garnier', 'ORG:Serres du Nord', 'TITLE:Gérante', 'EMAIL:lucie.garnier@serres-du-nord.example', 'TEL;TYPE=CELL:+33639981234', 'END:VCARD', ''].join('\r\n'), // prettier-ignore
	);

/** A PDF with text but without XML: what is read off it is likely, not sure. */
async function printedInvoice(day: (ahead: number) => string): Promise<Buffer> {
	const { Paper } = await import('../documents/paper.ts');
	const french = (iso: string): string => iso.split('-').toReversed().join('/');
	const paper = new Paper();
	paper.lines(50, 60, ['Menuiserie Aubert EURL', '8 chemin des Vignes', '69210 Lentilly', 'SIRET 542 051 180 00066', 'TVA FR76542051180'], { size: 10 });
	paper.text(330, 60, 'FACTURE', { size: 20, bold: true });
	paper.lines(330, 95, ['Facture n° 26-0318', `Date : ${french(day(-4))}`, `Échéance : ${french(day(26))}`], { size: 10 });
	paper.lines(
		50,
		200,
		['Pose de trois portes intérieures          3      320,00      960,00', 'Fournitures et quincaillerie                1      140,00      140,00'],
		{ size: 10 },
	);
	paper.lines(330, 300, ['Total HT          1 100,00 €', 'TVA 20 %            220,00 €', 'Total TTC        1 320,00 €'], { size: 11, bold: true });
	return paper.bytes();
}

/**
 * Files that wait in « Documents à classer » when the product starts for the first time: the pipeline itself reads them, so that what is seen of
 * them is what it makes of such files. Not where files are kept elsewhere than on this disk.
 */
export async function putDemoFiles(database: Knex, { STORAGE_LOCATIONS, STORAGE_LOCAL_ROOT }: Record<string, string>): Promise<void> {
	if (STORAGE_LOCATIONS !== 'local' || !STORAGE_LOCAL_ROOT) return;
	const at = Date.now();
	const today = toParis(new Date(at)).day;
	const day = (ahead: number): string => isoOf(today + ahead);
	const finance = member('finance').id;
	const sales = member('manager-south').id;
	const xml = electronicInvoice(day);
	const pdf = await printedInvoice(day).catch(() => null);
	const files: DemoFile[] = [
		{ name: 'facture-electronique.xml', type: 'text/xml', title: 'Facture électronique', by: finance, bytes: xml },
		{ name: 'facture-electronique (1).xml', type: 'text/xml', title: 'Facture électronique, envoyée deux fois', by: finance, bytes: xml },
		{ name: 'lucie-garnier.vcf', type: 'text/vcard', title: 'Carte de Lucie Garnier', by: sales, bytes: card() },
		{ name: 'scan-coupe.pdf', type: 'application/pdf', title: 'Scan interrompu', by: finance, bytes: Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog') },
		...(pdf ? [{ name: 'menuiserie-aubert.pdf', type: 'application/pdf', title: 'Facture de menuiserie', by: finance, bytes: pdf }] : []),
	];
	const folder = resolve(STORAGE_LOCAL_ROOT);
	await mkdir(folder, { recursive: true });
	for (const [index, { name, type, title, by, bytes }] of files.entries()) {
		const id = demoId('directus_files', index);
		const disk = `${id}${name.slice(name.lastIndexOf('.'))}`;
		await writeFile(join(folder, disk), bytes);
		const created = new Date(at - 180_000 + index * 1000);
		await database('directus_files')
			.insert({
				id,
				storage: 'local',
				filename_disk: disk,
				filename_download: name,
				title,
				type,
				folder: folderIds.inbox,
				uploaded_by: by,
				created_on: created,
				uploaded_on: created,
				modified_on: created,
				filesize: bytes.length,
			}) // prettier-ignore
			.onConflict('id')
			.ignore();
	}
}
