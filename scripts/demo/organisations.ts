import { mark } from './copies.ts';
import { sirenOf, streetOf } from './identity.ts';
import type { Random } from './random.ts';
import { headCounts, industries, stems } from './words/industries.ts';
import type { SizeBand } from './words/industries.ts';
import { plain } from './words/names.ts';
import { places } from './words/places.ts';
import type { Place } from './words/places.ts';

/** A firm as it is out there, whether or not the demo company has an account for it. Revenue in thousands of euros. */
export type Organisation = {
	name: string;
	legalForm: string;
	domain: string;
	siren: string;
	industry: string;
	naf: string;
	activity: string;
	size: SizeBand;
	employees: number;
	revenueKeur: number;
	place: Place;
	street: string;
};

/** What is given out once only. */
export type Taken = { names: Set<string>; sirens: Set<string>; phones: Set<string>; emails: Set<string> };

export const noneTaken = (): Taken => ({ names: new Set(), sirens: new Set(), phones: new Set(), emails: new Set() });

const industryWeights = Object.fromEntries(Object.entries(industries).map(([key, { weight }]) => [key, weight]));

/** A firm's name is used once, and no two firms share a stem within an industry: duplicates are to be planted, not met. */
function nameOf(random: Random, industry: string, taken: Set<string>): string {
	const words = industries[industry];
	if (!words) throw new Error(`demo: no words for the industry ${industry}`);
	for (let attempt = 0; ; attempt++) {
		const stem = random.pick(stems);
		const name = random.chance(0.45) ? `${random.pick(words.before)} ${stem}` : `${stem} ${random.pick(words.after)}`;
		const full = (attempt < 60 ? name : `${name} ${random.pick(places).city}`) + mark(' ');
		if (taken.has(plain(full))) continue;
		taken.add(plain(full));
		return full;
	}
}

const legalFormOf = (random: Random, industry: string, size: SizeBand): string => {
	if (industry === 'public') return 'public';
	if (industry === 'education' && random.chance(0.5)) return 'association';
	if (size === '1-9') return random.weighted({ sarl: 5, sas: 4, ei: 1 });
	return random.weighted({ sas: 6, sarl: size === '10-49' ? 4 : 1, sa: size === '10-49' ? 0.3 : 2, cooperative: 0.4 });
};

/** An invented firm; `sizes` tilts how large it is likely to be (weights by band). */
export function organisationOf(random: Random, taken: Taken, wish: { industry?: string; sizes?: Partial<Record<SizeBand, number>> } = {}): Organisation {
	const industry = wish.industry ?? random.weighted(industryWeights);
	const words = industries[industry];
	if (!words) throw new Error(`demo: no words for the industry ${industry}`);
	const weights = { ...words.sizes };
	for (const [band, factor] of Object.entries(wish.sizes ?? {})) weights[band as SizeBand] *= factor;
	const size = random.weighted(weights);
	const [low, high] = headCounts[size] ?? [1, 9];
	const employees = Math.round(low + (high - low) * random.next() ** 1.6);
	const [naf, activity] = random.pick(words.naf);
	const name = nameOf(random, industry, taken.names);
	return {
		name,
		legalForm: legalFormOf(random, industry, size),
		domain: `${plain(name)}.example`,
		siren: sirenOf(random, taken.sirens),
		industry,
		naf,
		activity,
		size,
		employees,
		revenueKeur: Math.max(60, Math.round(employees * Math.exp(random.normal(Math.log(150), 0.45)))),
		place: random.pick(weightedPlaces),
		street: streetOf(random),
	};
}

const weightedPlaces: Place[] = places.flatMap((place) => Array.from({ length: place.weight }, () => place));
