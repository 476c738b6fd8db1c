import { UserError } from '../../platform/errors.ts';
import type { CampaignResult, Campaigns } from '../kpis/breakdowns/campaigns.ts';
import { roiOf, verdictOf, type Roi, type Verdict } from '../kpis/rules/roi.ts';
import { definePanelData } from '../panels/registry.ts';
import { linesOf } from '../panels/rules/lines.ts';
import { ofCompany, readMonths } from './months.ts';

type Line = Pick<CampaignResult, 'cost' | 'leads' | 'won' | 'open' | 'revenue'> & { roi: Roi | null; verdict: Verdict };
/** Cents. `lines`: channels (`id` is the channel) or campaigns, dearest first. */
export type CampaignFigures = {
	by: 'channel' | 'campaign';
	total: Line & { campaigns: number };
	lines: (Line & { id: string; name: string; isRunning: boolean })[];
	canOpen: boolean;
};

type Figures = Omit<Line, 'roi' | 'verdict'> & { squares: number };
const lineOf = ({ cost, leads, won, open, revenue, squares }: Figures, isRunning: boolean): Line => {
	const roi = roiOf({ cost, revenue, squares, won });
	return { cost, leads, won, open, revenue, roi, verdict: verdictOf(roi, won, isRunning) };
};

definePanelData('campaigns', {
	follows: ['performance'],
	reads: ['performance', 'campaigns'],
	about: ['roi_campagnes'],
	ofCompany: true,
	async read({ reader, view, options }): Promise<CampaignFigures | null> {
		const { by = 'campaign' } = options;
		const most = linesOf(options, 8, 40);
		if (by !== 'channel' && by !== 'campaign') throw new UserError('Les campagnes se regroupent par « channel » ou « campaign ».');
		const own = (await readMonths<Campaigns>(reader, 'roi_campagnes', ofCompany(view), 2)).at(-1)?.own;
		if (!own || own.campaigns.length === 0) return null;
		const isRunning = ({ status }: CampaignResult): boolean => status === 'active';
		const lines =
			by === 'campaign'
				? own.campaigns.map((one) => ({ ...lineOf(one, isRunning(one)), id: one.id, name: one.name, isRunning: isRunning(one) }))
				: own.channels.map((one) => {
						const running = own.campaigns.some((campaign) => campaign.channel === one.channel && isRunning(campaign));
						return { ...lineOf(one, running), id: one.channel, name: one.channel, isRunning: running };
					});
		const total = { ...lineOf(own.total, own.campaigns.some(isRunning)), campaigns: own.total.campaigns };
		return { by, total, lines: lines.slice(0, most), canOpen: reader.readable('campaigns', 'name') };
	},
});
