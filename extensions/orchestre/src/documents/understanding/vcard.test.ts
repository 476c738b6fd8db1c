import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../../../scripts/support/environment.mjs';
import { contactsOf } from './vcard.ts';

const lines = (...all: string[]): string => all.join('\r\n');

describe('a vCard', () => {
	it('of 2.1 is read through quoted-printable, its soft line ends and its charset', () => {
		const [contact] = contactsOf(
			lines(
				'BEGIN:VCARD',
				'VERSION:2.1',
				'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Lef=E8vre;Andr=E9',
				'TITLE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Charg=C3=A9 d=',
				'=E2=80=99affaires',
				'TEL;WORK;FAX:01 99 00 00 01',
				'TEL;WORK;VOICE:01 99 00 00 02',
				'TEL;CELL:06 39 98 00 03',
				'END:VCARD',
			),
		);
		expect(contact).toEqual({
			contact_first_name: 'André',
			contact_last_name: 'Lefèvre',
			contact_job: 'Chargé d’affaires',
			contact_phone: '+33199000002',
			contact_mobile: '+33639980003',
		});
	});

	it('of 3.0 and 4.0 is read through folded lines, groups, escapes and quoted parameters', () => {
		const [contact] = contactsOf(
			lines(
				'BEGIN:VCARD',
				'VERSION:4.0',
				'FN:Zoé Marchand',
				'ORG:Bois\\, Pierre & Fils;Vent',
				' es',
				'item1.EMAIL;TYPE="work,pref":Zoe@Bois.example',
				'ADR;TYPE=work;LABEL="1 rue A: B":;;1 rue Anatole;Brest;;29200;France',
				'TEL;VALUE=uri;TYPE="work,voice":tel:+33-1-99-00-00-04;ext=102',
				'END:VCARD',
			),
		);
		expect(contact).toEqual({
			contact_first_name: 'Zoé',
			contact_last_name: 'Marchand',
			contact_company: 'Bois, Pierre & Fils',
			contact_email: 'zoe@bois.example',
			contact_address: '1 rue Anatole, 29200 Brest, France',
			contact_phone: '+33199000004',
		});
	});

	it('that breaks off or is none gives nothing, and no error', () => {
		expect(contactsOf('BEGIN:VCARD\nN:A;B')).toEqual([]);
		expect(contactsOf('hello')).toEqual([]);
	});
});

const folder = join(process.env.SHARED_DIR ?? join(root, '..', 'shared'), 'data', 'vcards');

describe.skipIf(!existsSync(folder))(`the cards of ten writers (${folder})`, () => {
	const files = (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []).filter((name) => name.endsWith('.vcf'));

	it('are all read', () => {
		expect(files).toHaveLength(18);
		const empty = files.filter((name) => {
			const contacts = contactsOf(readFileSync(join(folder, name), 'utf8'));
			return (
				contacts.length === 0 ||
				contacts.some((one) => !(one.contact_last_name ?? one.contact_email ?? one.contact_company ?? one.contact_mobile ?? one.contact_first_name))
			);
		});
		expect(empty).toEqual([]);
	});

	it('give the person, the post, the company and the numbers', () => {
		const read = (name: string): unknown => contactsOf(readFileSync(join(folder, 'io/text', name), 'utf8'))[0];
		expect(read('rfc6350-example.vcf')).toMatchObject({
			contact_first_name: 'Simon',
			contact_last_name: 'Perreault',
			contact_company: 'Viagenie',
			contact_mobile: '+14182626501',
			contact_phone: '+14186569254',
		});
		expect(read('outlook-2007.vcf')).toMatchObject({
			contact_first_name: 'Michael',
			contact_last_name: 'Angstadt',
			contact_company: 'TheCompany',
			contact_job: 'TheJobTitle',
			contact_email: 'mike.angstadt@gmail.com',
		});
		expect(read('John_Doe_LOTUS_NOTES.vcf')).toMatchObject({
			contact_last_name: 'Doe',
			contact_company: 'IBM',
			contact_email: 'john.doe@ibm.com',
			contact_website: 'http://www.sun.com',
		});
	});
});
