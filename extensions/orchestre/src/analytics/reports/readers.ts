import type { Knex } from '../../platform/directus.ts';
import { staffRoles } from '../../platform/roles.ts';
import { kinds, reportKinds, type ReportKind, type Role } from './rules/kinds.ts';

/** Somebody whom a report is for. `team`: theirs, null without one. */
export type Reader = { id: string; role: Role; roleId: string; name: string; email: string | null; team: string | null };

type Row = { id: string; role: string | null; first_name: string | null; last_name: string | null; email: string | null; team: string | null };

const toReader = ({ id, role, first_name, last_name, email, team }: Row): Reader[] => {
	const key = role && role in staffRoles ? staffRoles[role as keyof typeof staffRoles] : null;
	const name = [first_name, last_name].filter(Boolean).join(' ') || (email ?? '');
	return key && role ? [{ id, role: key, roleId: role, name, email, team }] : [];
};

const active = (knex: Knex): Knex.QueryBuilder =>
	knex('directus_users').where({ status: 'active' }).select('id', 'role', 'first_name', 'last_name', 'email', 'team').orderBy('id');

/** Somebody of the staff who may sign in; null for anybody else. */
export async function readReader(knex: Knex, id: string): Promise<Reader | null> {
	return ((await active(knex).where({ id })) as Row[]).flatMap(toReader)[0] ?? null;
}

/** Who gets which of these reports, in a stable order. */
export async function readAudience(knex: Knex, wanted: readonly ReportKind[] = kinds): Promise<{ kind: ReportKind; reader: Reader }[]> {
	const readers = ((await active(knex)) as Row[]).flatMap(toReader);
	return wanted.flatMap((kind) => readers.filter(({ role, team }) => role === reportKinds[kind].role && (reportKinds[kind].scope !== 'team' || team !== null)).map((reader) => ({ kind, reader })));
} // prettier-ignore
