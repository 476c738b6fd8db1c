import type { Accountability, Host } from '../../platform/directus.ts';
import { sharedState } from '../../platform/shared-state.ts';
import type { Reader } from '../../timeline/reader.ts';
import type { View } from './answer.ts';
import type { Source } from './stamps.ts';

/** What a panel's reader works with. Rows come from `reader` alone: what the caller may not see is not there. */
export type PanelContext = {
	host: Host;
	accountability: Accountability;
	reader: Reader;
	view: View;
	/** The dashboard that the panel stands on, and the row of `dashboards` that says what it shows; null elsewhere. */
	cockpit: string | null;
	/** The other parameters of the request: the panel's own options, as text. */
	options: Readonly<Record<string, string>>;
	now: Date;
};

/** A panel's data. */
export type PanelData = {
	/** What changes the figures: an open panel is read again when one of these moves. */
	follows: readonly Source[];
	/** Collections that `read` asks the reader for. */
	reads: readonly string[];
	/** The collection without whose reading there is nothing to see: the answer is 403 for whoever has no right on it. `performance` when left out. */
	needs?: string;
	/**
	 * What the figures are of: KPIs (by the request's own options), or rows of `needs` that are kept by scope as `performance` is. Where there is
	 * nothing to show, whoever may see none of these for the view gets 403 instead of an empty panel.
	 */
	about?: 'needs' | readonly string[] | ((options: PanelContext['options']) => readonly string[]);
	/** The figures are the company's, whatever the view. */
	ofCompany?: true;
	/** The figures, or null where there is nothing to show yet. Throws UserError for options that make no sense. */
	read: (context: PanelContext) => Promise<object | null>;
};

const panels = sharedState('panels', () => new Map<string, PanelData>());

/** Registers what `GET /orchestre/panels/<name>` answers; called when the room's module is loaded. */
export function definePanelData(name: string, data: PanelData): void {
	panels.set(name, data);
}

export const panelData = (name: string): PanelData | undefined => panels.get(name);
