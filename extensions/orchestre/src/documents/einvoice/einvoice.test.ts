import { beforeAll, describe, expect, it } from 'vitest';
import type { EInvoice, FieldName, OwnCompany } from '../types.ts';
import type { SchemaCheck } from './index.ts';
import { loadSchemas, readEInvoice } from './index.ts';
import { facturX, ublCreditNote } from './made-up.ts';

const own: OwnCompany = { name: 'Ma Société', siren: '552100554', vatNumber: null, iban: null, emailDomain: null };
const valueOf = ({ fields }: EInvoice, name: FieldName) => fields.find((one) => one.name === name)?.value;
const failures = ({ checks }: EInvoice): string[] => checks.filter((check) => !check.passed && check.severity === 'error').map((check) => check.code);
const messageOf = ({ checks }: EInvoice, code: string) => checks.find((check) => check.code === code && !check.passed)?.message.fr;

let schema: SchemaCheck;
beforeAll(async () => {
	schema = await loadSchemas();
});

describe('a Factur-X invoice', () => {
	it('is read with its parties, account, dates, references and totals', () => {
		const read = readEInvoice(facturX, own, schema);
		expect(Object.fromEntries(read.fields.map(({ name, value }) => [name, value]))).toEqual({
			supplier_name: 'Dupont & Fils SARL',
			supplier_siren: '732829320',
			supplier_vat_number: 'FR44732829320',
			supplier_address: '12 rue des Lilas, 75011 Paris, FR',
			supplier_electronic_address: '0225:732829320',
			buyer_name: 'Ma Société',
			buyer_siren: '552100554',
			buyer_siret: '55210055400013',
			buyer_address: '1 place Bellecour, 69002 Lyon, FR',
			buyer_electronic_address: '0225:552100554',
			iban: 'FR7630006000011234567890189',
			bic: 'AGRIFRPP',
			account_holder: 'Dupont et Fils',
			number: 'FA-2026-0042',
			issued_on: '2026-11-02',
			due_on: '2026-12-02',
			delivered_on: '2026-10-30',
			currency: 'EUR',
			net: 110_000,
			vat: 19_100,
			gross: 129_100,
			paid: 9_100,
			payable: 120_000,
			order_reference: 'BC-77',
			invoice_reference: 'FA-2026-0007',
		});
		expect(read).toMatchObject({ format: 'factur-x', profile: 'EN 16931', verdict: 'valid', class: 'purchase_invoice', refusal: null });
	});

	it('is read with its lines and the VAT of each rate', () => {
		const { lines, adjustments, vat } = readEInvoice(facturX, own, schema);
		expect(lines.map(({ label, quantity, unit, unitPrice, vatRate, net }) => [label, quantity, unit, unitPrice, vatRate, net])).toEqual([
			['Conseil\nDeux jours sur site', 2000, 'DAY', 50_000, 2000, 100_000],
			['Livres', 5000, 'C62', 4_000, 550, 20_000],
		]);
		// The discount on the whole is what the lines lack for the net total of 1 100,00.
		expect(adjustments.map(({ label, unitPrice, vatRate, net }) => [label, unitPrice, vatRate, net])).toEqual([
			['Remise\u00a0: Fidélité', -10_000, 2000, -10_000],
		]);
		const charge = readEInvoice(facturX.replace('<udt:Indicator>false', '<udt:Indicator>true'), own).adjustments;
		expect(charge.map(({ label, net }) => [label, net])).toEqual([['Frais\u00a0: Fidélité', 10_000]]);
		expect(vat).toEqual([
			{ category: 'S', rate: 2000, base: 90_000, vat: 18_000, reason: null },
			{ category: 'S', rate: 550, base: 20_000, vat: 1_100, reason: null },
		]);
	});

	it('passes every family of rules and its schema, and says so once for each', () => {
		const { checks } = readEInvoice(facturX, own, schema);
		expect(checks.map((check) => [check.code, check.passed])).toEqual([
			['XSD', true],
			['EN16931-BR', true],
			['EN16931-CO', true],
			['EN16931-VAT', true],
			['EN16931-CL', true],
			['BR-FR', true],
		]);
	});

	it('is a sale when the seller is the own company, and a purchase when nobody knows who that is', () => {
		expect(readEInvoice(facturX, { ...own, siren: '732829320' }).class).toBe('sales_invoice');
		expect(readEInvoice(facturX, { ...own, siren: null, name: 'DUPONT ET FILS' }).class).toBe('sales_invoice');
		expect(readEInvoice(facturX).class).toBe('purchase_invoice');
	});

	it('says that the structure was not checked when no schema was loaded', () => {
		const read = readEInvoice(facturX);
		expect(read.checks.find((check) => check.code === 'XSD')).toMatchObject({ passed: false, severity: 'warning' });
		expect(read.verdict).toBe('valid');
	});
});

describe('an e-invoice that does not add up', () => {
	it.each([
		[
			'BR-CO-10',
			'<ram:LineTotalAmount>200.00<',
			'<ram:LineTotalAmount>210.00<',
			'Le total des lignes est de 1\u202f200,00\u00a0€, mais leur somme donne 1\u202f210,00\u00a0€\u00a0: 10,00\u00a0€ d’écart.',
		],
		[
			'BR-CO-15',
			'GrandTotalAmount>1291.00<',
			'GrandTotalAmount>1219.00<',
			'Le total TTC est de 1\u202f219,00\u00a0€, mais le total HT et la TVA donnent 1\u202f291,00\u00a0€\u00a0: 72,00\u00a0€ d’écart.',
		],
		[
			'BR-CO-16',
			'DuePayableAmount>1200.00<',
			'DuePayableAmount>1291.00<',
			'Le montant à payer est de 1\u202f291,00\u00a0€, mais le total TTC, moins ce qui est déjà réglé, donne 1\u202f200,00\u00a0€\u00a0: 91,00\u00a0€ d’écart.',
		],
		[
			'BR-S-08',
			'<ram:BasisAmount>900.00<',
			'<ram:BasisAmount>1000.00<',
			'TVA taux normal ou réduit (S) à 20\u00a0%\u00a0: la base est de 1\u202f000,00\u00a0€, mais les lignes, frais et remises qui en relèvent donnent 900,00\u00a0€ (100,00\u00a0€ d’écart).',
		],
		['BR-25', '<ram:Name>Livres</ram:Name>', '<ram:Description>Livres</ram:Description>', 'Ligne 2\u00a0: il manque la désignation.'],
		['BR-CL-04', '>EUR</ram:InvoiceCurrencyCode>', '>EURO</ram:InvoiceCurrencyCode>', 'La devise («\u00a0EURO\u00a0») n’est pas dans la liste officielle.'],
	])('is invalid by %s and says where and by how much', (code, right, wrong, message) => {
		expect(facturX).toContain(right);
		const read = readEInvoice(facturX.replace(right, wrong), own);
		expect(read.verdict).toBe('invalid');
		expect(messageOf(read, code)).toBe(message);
		expect(valueOf(read, 'number')).toBe('FA-2026-0042');
	});

	it('in an extended profile may be a cent off for each amount', () => {
		const extended = facturX.replace('urn:cen.eu:en16931:2017', 'urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended');
		const off = (amount: string) => failures(readEInvoice(extended.replace('GrandTotalAmount>1291.00<', `GrandTotalAmount>${amount}<`)));
		expect(off('1291.02')).not.toContain('BR-CO-15');
		expect(off('1291.20')).toContain('BR-CO-15');
	});

	it('of the shortest profile is asked for no lines', () => {
		const minimum = facturX
			.replace('urn:cen.eu:en16931:2017', 'urn:factur-x.eu:1p0:minimum')
			.replaceAll(/<ram:IncludedSupplyChainTradeLineItem>.*<\/ram:IncludedSupplyChainTradeLineItem>\n/g, '');
		expect(failures(readEInvoice(minimum))).toEqual([]);
		expect(failures(readEInvoice(minimum.replace('urn:factur-x.eu:1p0:minimum', 'urn:cen.eu:en16931:2017')))).toContain('BR-16');
	});
});

describe('the French rules', () => {
	it('warn of each missing mention and electronic address between French parties, and leave foreign ones alone', () => {
		const bare = facturX
			.replaceAll(/<ram:IncludedNote>.*<\/ram:IncludedNote>/g, '')
			.replaceAll(/<ram:URIUniversalCommunication>.*?<\/ram:URIUniversalCommunication>/g, '');
		const french = readEInvoice(bare, own);
		const warned = french.checks.filter((check) => check.code.startsWith('BR-FR') && !check.passed);
		expect(warned.map((check) => [check.code, check.severity])).toEqual([
			['BR-FR-05', 'warning'],
			['BR-FR-05', 'warning'],
			['BR-FR-05', 'warning'],
			['BR-FR-12', 'warning'],
			['BR-FR-13', 'warning'],
		]);
		expect(warned[1]?.message.fr).toBe('Mention obligatoire absente\u00a0: les pénalités de retard (note PMD).');
		expect(french.verdict).toBe('valid');
		const foreign = readEInvoice(bare.replace('<ram:CountryID>FR</ram:CountryID>', '<ram:CountryID>BE</ram:CountryID>'), own);
		expect(foreign.checks.some((check) => check.code.startsWith('BR-FR-'))).toBe(false);
	});
});

describe('credit notes', () => {
	it('of UBL are read as such, with the invoice that they correct and positive amounts', () => {
		const read = readEInvoice(ublCreditNote, own, schema);
		expect(read).toMatchObject({ format: 'ubl', verdict: 'valid', class: 'credit_note' });
		expect([valueOf(read, 'invoice_reference'), valueOf(read, 'gross'), valueOf(read, 'supplier_siren')]).toEqual(['FA-2026-0042', 12_000, '732829320']);
		expect(read.checks.filter((check) => check.code === 'BR-FR-05')).toHaveLength(2);
	});

	it.each(['381', '261', '502'])('of CII have type %s', (type) => expect(readEInvoice(facturX.replace('>380<', `>${type}<`)).class).toBe('credit_note'));

	it('are invoices with negative totals, too, and keep the signs that they were given', () => {
		// All but prices, which may not be negative.
		const negative = facturX
			.replaceAll(/(<ram:(?!Charge)\w*Amount[^>]*>)(?!0\.00)(?=\d)/g, '$1-')
			.replaceAll(/(unitCode="\w+">)(?=\d<\/ram:BilledQuantity)/g, '$1-');
		const read = readEInvoice(negative, own);
		expect([read.class, read.verdict, valueOf(read, 'gross'), valueOf(read, 'payable')]).toEqual(['credit_note', 'valid', -129_100, -120_000]);
	});
});

describe('what is no e-invoice', () => {
	it.each([
		['<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "boom">]><Invoice>&x;</Invoice>', /DOCTYPE/],
		['<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="urn:x"/>', /commande \(Order-X\)/],
		['<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"/>', /FatturaPA/],
		['<fe:Facturae xmlns:fe="http://www.facturae.es"/>', /Facturae/],
		["UNA:+.? 'UNB+UNOC:3+4012345678901'", /EDIFACT/],
		['<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>', /«\u00a0Order\u00a0», pas une facture/],
		['<Invoice xmlns="http://example.org/own"/>', /qui n’est pas lue ici/],
		['<html><body>Facture</body></html>', /n’est pas une facture électronique connue/],
		['', /endommagé/],
		['Bonjour', /endommagé/],
		[`<a>${'<b>'.repeat(150)}</a>`, /trop volumineux|endommagé/],
	])('%j is refused by its name', (xml, message) => {
		const read = readEInvoice(xml, own, schema);
		expect(read).toMatchObject({ verdict: 'refused', fields: [], checks: [] });
		expect(read.refusal?.fr).toMatch(message);
		expect(read.refusal?.en).not.toBe('');
	});

	it('is refused past the limits of size, at once', () => {
		const begun = performance.now();
		expect(readEInvoice(`<a>${'x'.repeat(16_000_000)}</a>`).refusal?.fr).toMatch(/trop volumineux/);
		expect(readEInvoice(`<a>${'<b/>'.repeat(400_000)}</a>`).refusal?.fr).toMatch(/trop volumineux/);
		expect(performance.now() - begun).toBeLessThan(3_000);
	});
});

it('a byte order mark in front changes nothing', () => expect(readEInvoice(`\uFEFF${facturX}`, own, schema)).toEqual(readEInvoice(facturX, own, schema)));

describe('XML that is not well-formed', () => {
	it.each([
		['an encoding without quotes', facturX.replace('encoding="UTF-8"', 'encoding=UTF-8')],
		['an end that is missing', facturX.slice(0, -200)],
	])('(%s) is invalid, and what could be read is there', (_, xml) => {
		const read = readEInvoice(xml, own, schema);
		expect(read.verdict).toBe('invalid');
		expect(failures(read)).toContain('XML');
		expect([valueOf(read, 'number'), valueOf(read, 'gross')]).toEqual(['FA-2026-0042', 129_100]);
	});

	it('with a number or a date that is none says which', () => {
		const read = readEInvoice(facturX.replace('>1291.00<', '>1 291,00<').replace('>20261202<', '>20261302<'), own);
		expect(messageOf(read, 'XML-NUMBER')).toBe('«\u00a01 291,00\u00a0» n’est pas un nombre (GrandTotalAmount).');
		expect(messageOf(read, 'XML-DATE')).toBe('«\u00a020261302\u00a0» n’est pas une date (DueDateDateTime).');
		expect(valueOf(read, 'gross')).toBeUndefined();
	});
});

describe('the schema', () => {
	it('finds what is missing, and only warns of what is too much for the profile', () => {
		const missing = readEInvoice(facturX.replace('<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>', ''), own, schema);
		expect(failures(missing)).toContain('XSD');
		const more = readEInvoice(
			facturX
				.replace('urn:cen.eu:en16931:2017', 'urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic')
				.replace('<ram:AccountName>', '<ram:AccountName >'),
			own,
			schema,
		);
		expect(more.checks.find((check) => check.code === 'XSD')).toMatchObject({ passed: false, severity: 'warning' });
		expect(more.verdict).toBe('valid');
	});
});
