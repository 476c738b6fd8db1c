import { now } from '../platform/clock.ts';
import { orchestreUserId, type Knex } from '../platform/directus.ts';
import { isoOf } from '../platform/time/paris.ts';
import { writeTrail } from '../platform/trail.ts';
import { opensApi, supportAfter, type Choice } from './rules/choose.ts';
import type { Company } from './subject.ts';

/** What a plan grants the client, by its templates: never less than before. The company is a client from the day of the signature (`day`) on. */
export async function grantTerms(trx: Knex, company: Company, choice: Choice, day: number): Promise<void> {
	const support = supportAfter(company.support_level, choice);
	const wanted: Record<string, unknown> = {
		...(!company.is_client && { is_client: true, is_prospect: false }),
		...(['prospect', 'churned', 'none'].includes(company.lifecycle) && { lifecycle: 'onboarding' }),
		// Directus keeps a date as local midnight.
		...(!company.client_since && { client_since: new Date(`${isoOf(day)}T00:00:00`) }),
		...(support !== company.support_level && { support_level: support }),
		...(opensApi(choice) && !company.api_access && { api_access: true }),
	};
	if (Object.keys(wanted).length === 0) return;
	await trx('companies')
		.where({ id: company.id })
		.update({ ...wanted, date_updated: now(), user_updated: orchestreUserId });
	await writeTrail(trx, {}, [{ action: 'update', collection: 'companies', item: company.id, data: wanted }]);
}
