import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companyKey, displayName, emailDomain, emailKind, isValidSiren, normaliseLeadInput, phoneKind } from './normalise.ts';

const value = (field: string, input: unknown): unknown => normaliseLeadInput({ [field]: input }).values[field];
const fault = (field: string, input: unknown): string | undefined => normaliseLeadInput({ [field]: input }).faults[0]?.message;

describe('texts', () => {
	it('are trimmed, composed and, in names, have single blanks', () => {
		expect(value('first_name', '  Marie\u00a0 \tClaire ')).toBe('Marie Claire');
		expect(value('last_name', 'Lefe\u0300vre')).toBe('Lefèvre');
		expect(value('need', '  Deux\n\nlignes ')).toBe('Deux\n\nlignes');
	});
	it('are null when nothing is left', () => {
		for (const blank of ['', '   ', '\u00a0\n']) expect(value('company_name', blank)).toBeNull();
		expect(value('email', '')).toBeNull();
		expect(value('employees', ' ')).toBeNull();
		expect(value('demo_requested_at', '')).toBeNull();
		expect(value('owner', '')).toBeNull();
	});
	it.each(['<script>alert(1)</script>', '=1+1', '+cmd|calc', '👩‍👩‍👧‍👦 Équipe', 'شركة الاختبار', "Robert'); DROP TABLE leads;--", '{{constructor}}'])(
		'keep %s as somebody wrote it',
		(words) => {
			expect(value('company_name', words)).toBe(words);
			expect(value('need', words)).toBe(words);
		},
	);
	it('are refused when they hold what no database takes', () => {
		expect(fault('first_name', 'Ma\0rie')).toBe('« Prénom » contient un caractère de contrôle qui ne peut pas être enregistré.');
		expect(fault('need', 'a\ud800b')).toContain('caractère de contrôle');
	});
	it('are refused in French beyond the length of the column, counted in characters', () => {
		expect(value('company_name', '😀'.repeat(255))).toHaveLength(510);
		expect(fault('company_name', 'é'.repeat(256))).toBe('« Nom de l’entreprise » dépasse 255 caractères.');
		expect(fault('source', 'x'.repeat(65))).toBe('« Source » dépasse 64 caractères.');
		expect(value('need', 'n'.repeat(100_000))).toHaveLength(100_000);
		expect(fault('need', 'n'.repeat(1_000_000))).toBe('« Besoin exprimé » dépasse 100 000 caractères.');
		expect(fault('email', `${'a'.repeat(1_000_000)}@acme.fr`)).toContain('dépasse 255 caractères');
	});
	it('are not objects, lists or booleans', () => {
		for (const wrong of [{}, [], true, Number.NaN]) expect(fault('first_name', wrong)).toBe('« Prénom » doit être un texte.');
		expect(value('company_name', 1664)).toBe('1664');
	});
});

describe('e-mail', () => {
	it('is in lower case', () => expect(value('email', ' Marie.DUPONT@Acme.FR ')).toBe('marie.dupont@acme.fr'));
	it.each([
		'marie',
		'marie@',
		'@acme.fr',
		'marie@acme',
		'ma rie@acme.fr',
		'marie@@acme.fr',
		'marie..d@acme.fr',
		'.m@acme.fr',
		'marie@-acme.fr',
		'<b>@acme.fr',
		'a@b.c',
	])('refuses %s', (wrong) => expect(fault('email', wrong)).toBe(`L’adresse e-mail « ${wrong} » n’est pas valide.`));
	it.each(['o’neil@acme.fr', "o'neil@acme.fr", 'marie+crm@sous.domaine.acme.co.uk', 'rené@société.fr', 'a@xn--socit-esab.fr'])('takes %s', (right) =>
		expect(value('email', right)).toBe(right),
	);
	it('tells firms from private people and throw-away addresses', () => {
		expect(emailKind('marie@acme.fr')).toBe('professional');
		for (const domain of ['gmail.com', 'orange.fr', 'wanadoo.fr', 'free.fr', 'sfr.fr', 'laposte.net', 'hotmail.fr'])
			expect(emailKind(`marie@${domain}`)).toBe('personal');
		expect(emailKind('x@yopmail.com')).toBe('disposable');
		expect(emailKind('x@abc.mailinator.com')).toBe('disposable');
		expect(emailKind(null)).toBe('none');
		expect(emailDomain('Marie@Acme.FR')).toBe('acme.fr');
		expect(emailDomain('marie@')).toBeNull();
	});
});

describe('phone', () => {
	it.each([
		['06 12 34 56 78', '+33612345678'],
		['06.12.34.56.78', '+33612345678'],
		['+33 (0)6 12 34 56 78', '+33612345678'],
		['0033 1 42 68 53 00', '+33142685300'],
		[612345678, '+33612345678'],
		['+32 470 12 34 56', '+32470123456'],
		['0262 12 34 56', '+262262123456'],
		['0696 12 34 56', '+596696123456'],
	])('%s becomes %s', (typed, stored) => expect(value('phone', typed)).toBe(stored));
	it('is read in the country of the lead', () => {
		expect(normaliseLeadInput({ phone: '0470 12 34 56', country: 'be' }).values).toEqual({ phone: '+32470123456', country: 'BE' });
		expect(normaliseLeadInput({ phone: '0470 12 34 56' }, 'BE').values['phone']).toBe('+32470123456');
	});
	it.each(['12345', 'abc', '00 00 00 00 00', '06 12 34 56 7', '06 12 34 56 78 99', 'appelez-moi au 0612345678'])('refuses %s', (wrong) =>
		expect(fault('phone', wrong)).toBe(`Le numéro de téléphone « ${wrong} » n’est pas valide.`),
	);
	it('says where an extension goes instead of losing it', () => expect(fault('phone', '01 42 68 53 00 poste 12')).toContain('comporte un poste'));
	it('is mobile, fixed or none', () => {
		expect(['+33612345678', '+33142685300', '+32470123456', '+262692123456', null].map(phoneKind)).toEqual(['mobile', 'fixed', 'mobile', 'mobile', 'none']);
	});
});

describe('SIREN', () => {
	it.each(['552100554', '552 100 554', '552.100.554', '55210055400013', 'FR 96 552100554'])('is found in %s', (typed) =>
		expect(value('siren', typed)).toBe('552100554'),
	);
	it('of La Poste follows the rule; only its SIRET do not', () => {
		expect(isValidSiren('356000000')).toBe(true);
		expect(value('siren', '356 000 000 49837')).toBe('356000000');
	});
	it.each(['552100555', '000000000', '12345', '5521005540001', 'ABCDEFGHI'])('%s is refused', (wrong) =>
		expect(fault('siren', wrong)).toContain(`Le SIREN « ${wrong} » n’est pas valide`),
	);
	it('changing any one digit is noticed', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (place, add) => {
				const digits = [...'552100554'].map((digit, index) => (index === place ? String((Number(digit) + add) % 10) : digit)).join('');
				return !isValidSiren(digits);
			}),
		);
	});
});

describe('links', () => {
	it.each([
		['acme.fr', 'https://acme.fr'],
		['http://Acme.FR/', 'http://acme.fr'],
		['https://acme.fr/contact/', 'https://acme.fr/contact'],
		['acme.fr:8443/a?b=c/', 'https://acme.fr:8443/a?b=c/'],
		['société.fr', 'https://xn--socit-esab.fr'],
	])('%s becomes %s', (typed, stored) => expect(value('website', typed)).toBe(stored));
	it.each(['javascript:alert(1)', 'data:text/html,x', 'acme', 'https://', 'ftp://acme.fr', 'https://marie:secret@acme.fr', 'a b.fr', '...'])(
		'refuse %s',
		(wrong) => expect(fault('linkedin', wrong)).toBe('« Profil LinkedIn » n’est pas une adresse web valide.'),
	);
});

describe('numbers, dates and choices', () => {
	it('whole numbers come as numbers or as text', () => {
		expect(value('employees', '1 200')).toBe(1200);
		expect(value('budget_cents', 1_500_000)).toBe(1_500_000);
	});
	it.each([
		['abc', 'doit être un nombre entier'],
		[12.5, 'doit être un nombre entier'],
		[Number.NaN, 'doit être un nombre entier'],
		[true, 'doit être un nombre entier'],
		[{}, 'doit être un nombre entier'],
		[-1, 'ne peut pas être négatif'],
		[2_147_483_648, 'est trop grand'],
		['99999999999', 'est trop grand'],
		['1e3', 'doit être un nombre entier'],
	])('%s is refused as a number', (wrong, why) => expect(fault('employees', wrong)).toBe(`« Effectif » ${why}.`));
	it('moments are stored in UTC; without an offset they are Paris time', () => {
		expect(value('demo_requested_at', '2026-02-28T10:00:00')).toBe('2026-02-28T09:00:00.000Z');
		expect(value('demo_requested_at', '2026-07-14T10:00+02:00')).toBe('2026-07-14T08:00:00.000Z');
		expect(value('demo_requested_at', '2026-07-14')).toBe('2026-07-13T22:00:00.000Z');
		expect(value('demo_requested_at', new Date('2026-07-14T08:00:00Z'))).toBe('2026-07-14T08:00:00.000Z');
	});
	it.each(['2026-02-30', '2026-13-01', '2026-01-01T25:00:00Z', '2025-02-29T10:00:00Z', '14/07/2026', 'hier', 1_700_000_000, '0001-01-01', {}])(
		'%s is no moment',
		(wrong) => expect(fault('demo_requested_at', wrong)).toBe('« Démonstration demandée le » n’est pas une date valide.'),
	);
	it('choices that rules act on are closed, the others open', () => {
		expect(fault('status', 'banana')).toBe('« Statut » ne peut pas être « banana ».');
		expect(fault('status', null)).toBe('« Statut » est obligatoire.');
		expect(fault('phone_consent', 'yes')).toBe('« Consentement téléphone » ne peut pas être « yes ».');
		expect(value('source', 'tiktok')).toBe('tiktok');
	});
	it('country is two letters in upper case', () => {
		expect(value('country', ' fr ')).toBe('FR');
		expect(fault('country', 'France')).toBe('Le pays est un code de deux lettres, par exemple FR.');
	});
	it('references are keys or rows to create', () => {
		expect(value('campaign', '5C000000-0000-4000-8000-000000000001')).toBe('5c000000-0000-4000-8000-000000000001');
		expect(value('company', { name: 'Acme' })).toEqual({ name: 'Acme' });
		for (const wrong of ['1', 12, ['a']]) expect(fault('campaign', wrong)).toBeDefined();
	});
	it('the size follows the head count unless it was given', () => {
		expect([0, 1, 9, 10, 49, 50, 249, 250, 999, 1000].map((employees) => normaliseLeadInput({ employees }).values['size_band'])).toEqual([
			null,
			'1-9',
			'1-9',
			'10-49',
			'10-49',
			'50-249',
			'50-249',
			'250-999',
			'250-999',
			'1000+',
		]);
		expect(normaliseLeadInput({ employees: 5, size_band: '50-249' }).values['size_band']).toBe('50-249');
		expect(normaliseLeadInput({ employees: 'abc' }).values).toEqual({});
	});
});

describe('any payload', () => {
	it('lists every fault, keeps what is right and says nothing of unknown fields', () => {
		const { values, faults } = normaliseLeadInput({ first_name: 'Marie', email: 'x', phone: 'y', reasons: [1], archived: true });
		expect(values).toEqual({ first_name: 'Marie' });
		expect(faults.map(({ field }) => field)).toEqual(['email', 'phone']);
	});
	it('never throws, and what it stores it would store again unchanged', () => {
		const fields = [
			'first_name',
			'email',
			'phone',
			'siren',
			'website',
			'country',
			'need',
			'employees',
			'budget_cents',
			'demo_requested_at',
			'status',
			'industry',
			'campaign',
			'__proto__',
			'toString',
		];
		fc.assert(
			fc.property(
				fc.dictionary(fc.constantFrom(...fields), fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.webUrl(), fc.emailAddress())),
				(payload) => {
					const { values } = normaliseLeadInput(payload);
					const again = normaliseLeadInput(values);
					expect(again.faults).toEqual([]);
					expect(again.values).toEqual(values);
				},
			),
			{ numRuns: 500 },
		);
	});
});

describe('names', () => {
	it('of one company have one key', () => {
		const key = companyKey('Établissements Dupont & Fils');
		for (const name of ['SARL ETABLISSEMENTS DUPONT ET FILS', 'établissements  dupont-&-fils, S.A.S.U.', 'Établissements Dupont & Fils (SA)'])
			expect(companyKey(name)).toBe(key);
		expect(companyKey('Müller Maschinenbau GmbH')).toBe(companyKey('MULLER MASCHINENBAU'));
		expect(companyKey('Acme Trading Ltd.')).toBe('acme trading');
	});
	it('of different companies keep what tells them apart', () => {
		expect(companyKey('AB Médica')).toBe('ab medica');
		expect(companyKey('SA')).toBe('sa');
		expect(companyKey('株式会社テスト')).toBeTruthy();
		for (const none of [null, '', '---', '🙂']) expect(companyKey(none)).toBeNull();
	});
	it('of a lead fall back to what is known', () => {
		expect(displayName({ first_name: 'Marie', last_name: 'Dupont', company_name: 'Acme' })).toBe('Marie Dupont · Acme');
		expect(displayName({ last_name: 'Dupont' })).toBe('Dupont');
		expect(displayName({ company_name: 'Acme', email: 'x@acme.fr' })).toBe('Acme');
		expect(displayName({ email: 'x@acme.fr', phone: '+33612345678' })).toBe('x@acme.fr');
		expect(displayName({ phone: '+33612345678' })).toBe('+33612345678');
		expect(displayName({})).toBe('Lead sans nom');
		expect([...displayName({ last_name: '😀'.repeat(255), company_name: 'A'.repeat(255) })]).toHaveLength(255);
	});
});
