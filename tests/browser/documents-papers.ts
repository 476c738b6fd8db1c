import type { BrowserContext } from 'playwright-core';

/** Papers that the tests print: a supplier's invoice whose total is not the sum of what is printed above it, and a card. */

const style = `<style>body { font: 13px Arial; margin: 40px } h1 { font-size: 26px } table { width: 100%; border-collapse: collapse; margin-top: 24px }
	td, th { text-align: left; padding: 6px; border-bottom: 1px solid #ccc } .n { text-align: right } .two { display: flex; justify-content: space-between }</style>`;

export const invoicePaper = (number: string): string => `<html lang="fr">${style}
<div class="two"><div><b>Menuiserie Le Goff SARL</b><br>14 rue du Port<br>29200 Brest<br>SIRET : 732 829 320 00074<br>TVA : FR44732829320</div>
<div><b>Atelier Horizon SAS</b><br>8 quai de la Fosse<br>44000 Nantes</div></div>
<h1>Facture n° ${number}</h1>
<p>Date de facture : 12/11/2026<br>Date d’échéance : 12/12/2026<br>Commande : BC-4471</p>
<table><tr><th>Désignation</th><th class="n">Qté</th><th class="n">PU HT</th><th class="n">TVA</th><th class="n">Total HT</th></tr>
<tr><td>Porte en chêne sur mesure</td><td class="n">2</td><td class="n">480,00</td><td class="n">20 %</td><td class="n">960,00</td></tr>
<tr><td>Pose et réglage</td><td class="n">1</td><td class="n">240,00</td><td class="n">20 %</td><td class="n">240,00</td></tr></table>
<table style="width: 45%; margin-left: 55%"><tr><td>Total HT</td><td class="n">1 200,00 €</td></tr><tr><td>TVA 20 %</td><td class="n">240,00 €</td></tr>
<tr><td><b>Total TTC</b></td><td class="n"><b>1 404,00 €</b></td></tr></table>
<p>Règlement par virement. IBAN : FR76 3000 6000 0112 3456 7890 189 BIC : AGRIFRPP</p></html>`;

export const cardPaper = `<html lang="fr">${style}<div style="width: 85mm; height: 50mm"><h2>Maëlle Kervran</h2><p>Directrice des achats</p><p><b>Chantiers de l’Odet</b></p>
<p>maelle.kervran@chantiers-odet.example.com<br>Tél. 02 98 55 41 20<br>4 quai du Steir, 29000 Quimper</p></div></html>`;

/** A page as a PDF with a text layer. */
export async function printed(context: BrowserContext, html: string): Promise<Buffer> {
	const printer = await context.newPage();
	await printer.setContent(html);
	const pdf = await printer.pdf({ format: 'A4' });
	await printer.close();
	return pdf;
}
