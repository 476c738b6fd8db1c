import type { Accountability, Host } from '../../platform/directus.ts';
import { parseJson, toDate } from '../../platform/directus.ts';
import { notAllowed } from '../../platform/errors.ts';
import { readerFor } from '../../timeline/reader.ts';
import type { DocumentClass, DocumentRead, FieldName } from '../types.ts';
import type { Queue, QueueEntry } from './answers.ts';
import { decidableBy } from './deciders.ts';
import { doubtsOf } from './rules/state.ts';
import { thresholdsOf, type Thresholds } from './thresholds.ts';

/** So many are looked at to put one's own first; who has more waiting starts with the oldest. */
const most = 100;
const shown = 50;

type Row = { id: string; title?: string; type?: string; extracted?: unknown; owner?: unknown; team?: unknown; date_created?: string | null };

const about: readonly FieldName[] = ['supplier_name', 'merchant', 'contact_last_name', 'buyer_name', 'bank_name'];
/** What was barely made out is no name: a probability. */
const readable = 0.5;
const amounts: readonly FieldName[] = ['gross', 'payable', 'amount', 'closing_balance'];

const idOf = (link: unknown): string | null =>
	typeof link === 'object' && link !== null ? String((link as { id?: unknown }).id) : ((link as string | null) ?? null);

function entryOf(row: Row, user: string, thresholds: Thresholds): QueueEntry {
	const read = row.extracted === null || row.extracted === undefined ? null : parseJson<DocumentRead>(row.extracted);
	const first = (names: readonly FieldName[]): string | number | null => names.map((name) => read?.fields.find((field) => field.name === name)?.value ?? null).find((value) => value !== null) ?? null; // prettier-ignore
	const documentClass: DocumentClass = read?.class ?? 'other';
	const name = about.map((one) => read?.fields.find((field) => field.name === one && field.confidence >= readable)?.value).find(Boolean);
	const amount = first(amounts);
	return {
		id: row.id,
		title: row.title ?? '',
		class: documentClass,
		about: name === undefined ? null : String(name),
		amount: typeof amount === 'number' ? amount : null,
		currency: first(['currency']) === null ? null : String(first(['currency'])),
		doubts: read && !read.refusal ? doubtsOf(documentClass, read.fields, read.checks, thresholds(documentClass)) : null,
		receivedAt: row.date_created ? toDate(row.date_created).toISOString() : null,
		isMine: idOf(row.owner) === user,
	};
}

/** Documents that wait for a review and that the caller may decide: theirs, their team's, the others, each the oldest first. 403 without documents. */
export async function readQueue(host: Host, accountability: Accountability | null): Promise<Queue> {
	if (!accountability?.user) throw notAllowed('Connectez-vous pour vérifier des documents.');
	const { user } = accountability;
	const reader = await readerFor(host, accountability, ['documents']);
	if (!reader.readable('documents', 'status')) throw notAllowed('Votre rôle ne permet pas de vérifier des documents.');
	const mayDecide = await decidableBy(host, accountability);
	if (!mayDecide) throw notAllowed('Votre rôle ne permet pas de vérifier des documents.');
	const waits = [{ status: { _eq: 'to_review' } }, { _or: [{ archived: { _eq: false } }, { archived: { _null: true } }] }];
	const filter = { _and: [...waits, ...(Object.keys(mayDecide).length > 0 ? [mayDecide] : [])] } as never;
	const needs = ['status', 'date_created', 'archived'];
	const fields = ['title', 'type', 'extracted', 'owner', 'team', 'date_created'];
	const rows = (await reader.rows('documents', { needs, fields, filter, sort: ['date_created', 'id'], limit: most })) as Row[];
	const me = (await host.database('directus_users').where({ id: user }).first('team')) as { team: string | null } | undefined;
	const rank = (row: Row): number => (idOf(row.owner) === user ? 0 : me?.team && idOf(row.team) === me.team ? 1 : 2);
	const thresholds = await thresholdsOf(host.database);
	const documents = rows
		.toSorted((one, other) => rank(one) - rank(other))
		.slice(0, shown)
		.map((row) => entryOf(row, user, thresholds));
	return { remaining: rows.length < most ? rows.length : await countAll(host, accountability, filter), documents };
}

async function countAll(host: Host, accountability: Accountability, filter: never): Promise<number> {
	const service = new host.services.ItemsService('documents', { accountability, schema: await host.getSchema(), knex: host.database });
	const [row] = (await service.readByQuery({ filter, aggregate: { count: ['*'] } } as never)) as { count: number | string | { '*': number | string } }[];
	return Number(typeof row?.count === 'object' ? row.count['*'] : (row?.count ?? 0));
}
