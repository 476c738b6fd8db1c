import type { Accountability, Host, SchemaOverview } from '../../platform/directus.ts';
import { UserError } from '../../platform/errors.ts';
import { isEmpty, valueOf, type Side, type Values } from '../rules/choose.ts';
import { refuseUnlessReadable, whyNotMerge } from './actor.ts';
import { faultsOf, warningsOf } from './faults.ts';
import { differs, fieldsOf, readBoth, sidesFor, type Field } from './fields.ts';
import { linksTo, rowsOfLink } from './links.ts';
import { countsOf } from './merge.ts';
import { labelsOf, readPair, type Pair } from './pair.ts';
import { readKept } from './proposal.ts';
import { isTooLate } from './record.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { shownValue } from './shown.ts';
import type { Count } from './words.ts';

/** One line of the comparison. `side`: whose value the merge takes unless somebody chooses; `mine`: whether the caller may choose. */
export type Line = { field: string; label: string; kept: string; gone: string; side: Side; mayBoth: boolean; mine: boolean };
export type Preview = {
	pair: string;
	kind: Pair['kind'];
	state: Pair['state'];
	level: string;
	sureness: number | null;
	reasons: string;
	report: string | null;
	kept: { id: string; label: string };
	gone: { id: string; label: string };
	lines: Line[];
	counts: Count[];
	faults: string[];
	warnings: string[];
	/** Why the caller may not merge or take back; null when they may. */
	refusal: string | null;
	undoable: boolean;
};

async function lineOf(host: Host, field: Field, side: Side, kept: Values, gone: Values): Promise<Line> {
	const both = field.set.length === 1 && (field.isText || Array.isArray(kept[field.field])) && !isEmpty(kept[field.field]) && !isEmpty(gone[field.field]);
	return {
		field: field.field,
		label: field.label,
		kept: await shownValue(host.database, field, kept),
		gone: await shownValue(host.database, field, gone),
		side,
		mayBoth: both && valueOf('both', kept[field.field], gone[field.field]) !== kept[field.field],
		mine: field.mine,
	};
}

async function counted(host: Host, schema: SchemaOverview, kind: Pair['kind'], gone: string, kept: string): Promise<Count[]> {
	const moved: { collection: string; move: number; stay: number }[] = [];
	for (const link of linksTo(schema, kind)) {
		const { move, stay } = await rowsOfLink(host.database, kind, link, gone, kept);
		moved.push({ collection: link.collection, move: move.length, stay: stay.length });
	}
	return countsOf(host.database, moved);
}

/** What a merge would do: both records side by side where they differ, what follows, what stands in the way. Nothing is written. */
export async function previewMerge(host: Host, accountability: Accountability | null, id: string, keep?: string): Promise<Preview> {
	const pair = await readPair(host.database, id);
	const { kind, a, b, state, level, sureness, reasons, report } = pair;
	const actor = await refuseUnlessReadable(host, accountability, kind, [a, b]);
	if (keep !== undefined && keep !== a && keep !== b) throw new UserError('La fiche à garder est l’une des deux de la paire.');
	const chosen = pair.record ?? (keep === undefined ? await readKept(host.database, kind, a, b) : { kept: keep, gone: keep === a ? b : a });
	const schema = await host.getSchema();
	const [mine, theirs] = await readBoth(host, host.database, schema, kind, [chosen.kept, chosen.gone]);
	const fields = (await fieldsOf(host.database, schema, kind, actor)).filter((field) => field.visible && differs(field, mine, theirs));
	const lines: Line[] = [];
	for (const [field, side] of sidesFor(fields, mine, theirs, {})) lines.push(await lineOf(host, field, side, mine, theirs));
	const [kept = '', gone = ''] = await labelsOf(host.database, kind, [chosen.kept, chosen.gone]);
	return {
		pair: id,
		kind,
		state,
		level,
		sureness,
		reasons,
		report,
		kept: { id: chosen.kept, label: kept },
		gone: { id: chosen.gone, label: gone },
		lines,
		counts: state === 'merged' ? [] : await counted(host, schema, kind, chosen.gone, chosen.kept),
		faults: state === 'merged' ? [] : faultsOf(kind, mine, theirs),
		warnings: state === 'merged' ? [] : await warningsOf(host.database, kind, chosen.gone),
		refusal: await whyNotMerge(host, actor, { pair: id, kind, ids: [a, b] }),
		undoable: state === 'merged' && pair.record !== null && pair.decidedAt !== null && !isTooLate(pair.decidedAt, clockNow()),
	};
}
