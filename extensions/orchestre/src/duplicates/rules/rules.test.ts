import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairsOfCompanies, pairsOfPeople, type Found } from './blocks.ts';
import { compareCompanies, comparePeople } from './compare.ts';
import { companyFacts, personFacts, registrable, type Row } from './facts.ts';
import { chance, companyTypedAgain, madeUpCompany, madeUpPerson, sirenOf, typedAgain } from './made-up.ts';
import { isNear, jaroWinkler } from './similarity.ts';

const person = (over: Row) => personFacts({ id: over['id'] ?? 'x', ...over });
const people = (a: Row, b: Row) => comparePeople(person({ id: 'a', ...a }), person({ id: 'b', ...b }));
const companies = (a: Row, b: Row) => compareCompanies(companyFacts({ id: 'a', ...a }), companyFacts({ id: 'b', ...b }));
const found = (pairs: Iterable<Found | null>): Found[] => [...pairs].flatMap((pair) => pair ?? []);

describe('similarity', () => {
	it('is Winkler’s own on his published examples', () => {
		expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3);
		expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 2);
		expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.813, 3);
		expect(jaroWinkler('abc', 'xyz')).toBe(0);
	});

	it('is symmetric, from 0 to 1, and 1 for equal texts only', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (a, b) => {
				const alike = jaroWinkler(a, b);
				expect(alike).toBeCloseTo(jaroWinkler(b, a), 12);
				expect(alike >= 0 && alike <= 1).toBe(true);
				expect(alike === 1).toBe(a === b);
			}),
		);
	});

	it('takes no number for a slip', () => {
		expect(isNear('agence lille 1', 'agence lille 2')).toBe(false);
		expect(isNear('duppont', 'dupont')).toBe(true);
	});
});

describe('domains', () => {
	it('are what a company registered, and nothing for a provider', () => {
		expect(registrable('shop.dupont.fr')).toBe('dupont.fr');
		expect(registrable('www.acme.co.uk')).toBe('acme.co.uk');
		expect(registrable('gmail.com')).toBeNull();
		expect(registrable('fr.linkedin.com')).toBeNull();
		expect(registrable('127.0.0.1')).toBeNull();
	});
});

describe('people', () => {
	const ana = { first_name: 'Ana', last_name: 'Roux', email: 'ana.roux@atelier-roux.fr', mobile: '+33612345678', company: 'c1' };

	it.each([
		['typed with names swapped', { ...ana, first_name: 'ROUX', last_name: 'Ana' }, 'sure'],
		['with a slip in the name', { ...ana, last_name: 'Rouux' }, 'sure'],
		['with the mobile alone', { first_name: 'Ana', last_name: 'Roux', mobile: '+33612345678' }, 'sure'],
		['in two companies', { ...ana, email: 'ana.roux@autre.fr', company: 'c2' }, 'likely'],
		['in the same company and nothing else', { first_name: 'Ana', last_name: 'Roux', company: 'c1' }, 'likely'],
	])('%s are found: %#', (_name, other, level) => expect(people(ana, other)?.level).toBe(level));

	it.each([
		['who are called the same and share nothing', { first_name: 'Ana', last_name: 'Roux', email: 'ana@gmail.com', company: null }],
		['behind one switchboard', { first_name: 'Luc', last_name: 'Morin', phone: '+33140000000', company: 'c1' }],
		['who share a mailbox of the house', { first_name: 'Luc', last_name: 'Morin', email: 'contact@atelier-roux.fr', company: 'c1' }],
		['who are married and share a mobile', { first_name: 'Paul', last_name: 'Lenoir', mobile: '+33612345678' }],
		['with accounts of their own', { ...ana, user: 'u2' }],
	])('%s are two', (_name, other) => expect(people({ ...ana, phone: '+33140000000', user: 'u1' }, other)).toBeNull());

	it('says why, in plain French', () => {
		expect(people(ana, { ...ana, first_name: 'Roux', last_name: 'Ana' })?.reasons).toEqual([
			'même e-mail',
			'même mobile',
			'mêmes nom et prénom, dans un autre ordre',
			'même entreprise',
		]);
	});

	it('a first name too close to a colleague’s is no proof', () => {
		const marie = { first_name: 'Marie', last_name: 'Martin', email: 'marie.martin@acme.fr', company: 'c1' };
		expect(people(marie, { first_name: 'Marine', last_name: 'Martin', email: 'marine.martin@acme.fr', company: 'c1' })).toBeNull();
	});

	it('a lead that is closed and a new one are never sure, and two closed ones nobody’s business', () => {
		const lead = { first_name: 'Ana', last_name: 'Roux', email: 'ana@roux.fr' };
		expect(people({ ...lead, status: 'converted' }, { ...lead, status: 'new' })?.level).toBe('likely');
		expect(people({ ...lead, status: 'converted' }, { ...lead, status: 'lost' })).toBeNull();
	});
});

describe('companies', () => {
	it.each([
		['SA Dupont', 'Dupont S.A.S.', { website: 'https://dupont.fr' }, 'sure'],
		['Établissements Durand', 'DURAND SARL', { phone: '+33320000000' }, 'sure'],
		['Menuiserie Lefebvre', 'Menuiserie Lefevbre', { city: 'Lille', postal_code: '59000', website: 'https://lefebvre.fr' }, 'sure'],
		['Atelier Roux', 'Roux Atelier', { city: 'Lille' }, 'possible'],
	])('%s and %s are one', (a, b, both, level) => expect(companies({ name: a, ...both }, { name: b, ...both })?.level).toBe(level));

	it('with one SIREN are one whatever their names, two branches of it only likely', () => {
		expect(companies({ name: 'Casino', siren: '404833048' }, { name: 'La Ruche', siren: '404833048' })?.level).toBe('sure');
		expect(companies({ name: 'Acme', siret: '40483304800022' }, { name: 'Acme', siret: '40483304800030' })).toMatchObject({
			level: 'likely',
			reasons: ['même SIREN, mais deux établissements', 'même nom, sans la forme juridique'],
		});
	});

	it('with another SIREN, or a known parent, are two even under one name, address and domain', () => {
		const both = { name: 'Garage du Centre', website: 'https://garage.fr', city: 'Lyon', phone: '+33472000000' };
		expect(companies({ ...both, siren: '404833048' }, { ...both, siren: '552032534' })).toBeNull();
		expect(companies(both, { ...both, parent: 'a' })).toBeNull();
	});

	it('of one name in two towns, or of one group under two names, are not proposed', () => {
		expect(companies({ name: 'Pharmacie de la Gare', city: 'Lyon' }, { name: 'Pharmacie de la Gare', city: 'Brest' })).toBeNull();
		expect(
			companies({ name: 'Roux Immobilier', website: 'https://groupe-roux.fr' }, { name: 'Roux Transports', website: 'https://groupe-roux.fr' }),
		).toBeNull();
	});
});

/** Known copies and look-alikes: what is found of them, and how much of what is found is right. */
function measured(pairs: readonly Found[], truth: ReadonlySet<string>): { precision: number; recall: number; surePrecision: number; sure: number } {
	const isTrue = ({ a, b }: Found): boolean => truth.has(`${a.id} ${b.id}`);
	const sure = pairs.filter(({ verdict }) => verdict.level === 'sure');
	const right = pairs.filter(isTrue);
	return {
		precision: right.length / pairs.length,
		recall: right.length / truth.size,
		surePrecision: sure.filter(isTrue).length / sure.length,
		sure: sure.filter(isTrue).length / truth.size,
	};
}

function madeUpPeople(): { rows: Row[]; truth: Set<string> } {
	const luck = chance(2026);
	const rows: Row[] = [];
	const truth = new Set<string>();
	for (let number = 0; number < 4000; number++) {
		const id = `p${String(number).padStart(5, '0')}`;
		const company = `c${number % 400}`;
		const row = madeUpPerson(id, number, { id: company, domain: `societe-${number % 400}.fr` }, luck);
		rows.push(row);
		if (number % 10 === 0) {
			rows.push(typedAgain(row, `${id}b`, luck));
			truth.add(`${id} ${id}b`);
		}
		// A brother in the same house, with its switchboard, and somebody of the same name elsewhere.
		if (number % 10 === 5)
			rows.push({
				...madeUpPerson(`${id}x`, number + 50_000, { id: company, domain: `societe-${number % 400}.fr` }, luck),
				last_name: row['last_name'],
				phone: row['phone'],
			});
		if (number % 10 === 7)
			rows.push({
				id: `${id}y`,
				first_name: row['first_name'],
				last_name: row['last_name'],
				company: `c${(number + 7) % 400}`,
				email: null,
				mobile: null,
				phone: null,
			});
	}
	return { rows, truth };
}

function madeUpCompanies(): { rows: Row[]; truth: Set<string> } {
	const luck = chance(2027);
	const rows: Row[] = [];
	const truth = new Set<string>();
	for (let number = 0; number < 2000; number++) {
		const id = `c${String(number).padStart(5, '0')}`;
		const row = madeUpCompany(id, number, luck);
		rows.push(row);
		if (number % 10 === 0) {
			rows.push(companyTypedAgain(row, `${id}b`, luck));
			truth.add(`${id} ${id}b`);
		}
		// A branch with a SIREN of its own, and a namesake in another town.
		if (number % 10 === 5 && row['siren']) rows.push({ ...row, id: `${id}x`, siren: sirenOf(number * 31 + 77_000_000) });
		if (number % 10 === 7) rows.push({ id: `${id}y`, name: row['name'], city: 'Bastia', postal_code: '20200' });
	}
	return { rows, truth };
}

describe('against known copies', () => {
	it('finds people with the precision and recall that the decision states', () => {
		const { rows, truth } = madeUpPeople();
		const figures = measured(found(pairsOfPeople(rows.map(personFacts))), truth);
		expect(figures.surePrecision).toBeGreaterThanOrEqual(0.99);
		expect(figures.precision).toBeGreaterThanOrEqual(0.9);
		expect(figures.recall).toBeGreaterThanOrEqual(0.95);
		expect(figures.sure).toBeGreaterThanOrEqual(0.8);
	});

	it('finds companies with the precision and recall that the decision states', () => {
		const { rows, truth } = madeUpCompanies();
		const figures = measured(found(pairsOfCompanies(rows.map(companyFacts))), truth);
		expect(figures.surePrecision).toBeGreaterThanOrEqual(0.99);
		expect(figures.precision).toBeGreaterThanOrEqual(0.9);
		expect(figures.recall).toBeGreaterThanOrEqual(0.95);
		expect(figures.sure).toBeGreaterThanOrEqual(0.8);
	});

	it('says the same of both directions, and whatever the order of the rows', () => {
		const { rows } = madeUpPeople();
		const facts = rows.slice(0, 1500).map(personFacts);
		const before = found(pairsOfPeople(facts)).map((pair) => JSON.stringify(pair));
		const after = found(pairsOfPeople(facts.toReversed())).map((pair) => JSON.stringify(pair));
		expect(after.toSorted()).toEqual(before.toSorted());
		for (const [index, a] of facts.slice(0, 300).entries())
			for (const b of facts.slice(index + 1, 300)) expect(comparePeople(b, a)).toEqual(comparePeople(a, b));
		const firms = madeUpCompanies().rows.slice(0, 200).map(companyFacts);
		for (const [index, a] of firms.entries()) for (const b of firms.slice(index + 1)) expect(compareCompanies(b, a)).toEqual(compareCompanies(a, b));
	});

	it('compares a switchboard of thousands without comparing all with all', () => {
		const luck = chance(1);
		const facts = Array.from({ length: 5000 }, (_, number) =>
			personFacts({ ...madeUpPerson(String(number), number, null, luck), phone: '+33140000000', mobile: null }),
		);
		const start = performance.now();
		found(pairsOfPeople(facts));
		expect(performance.now() - start).toBeLessThan(5000);
	});
});
