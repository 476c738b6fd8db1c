import { randomUUID } from 'node:crypto';
import type { Choose } from '../../../approvals/people.ts';
import { standInText } from '../../../approvals/route.ts';
import { isForManager, ruleText } from '../../../approvals/rules/limits.ts';
import type { NewAlert } from '../../../platform/alerts.ts';
import { orchestreUserId } from '../../../platform/directus.ts';
import { addWorkingDays, nextWorkingMoment } from '../../../platform/time/working-time.ts';
import { expectedCents, atStake } from '../rules/episode.ts';
import { incentiveFor } from '../rules/incentive.ts';
import { minutesOf, stepsFor } from '../rules/plan.ts';
import { adviceFor, reasonLines } from '../rules/reasons.ts';
import { firstFree } from '../rules/slot.ts';
import type { RetentionSettings } from '../settings.ts';
import type { Endangered } from './clients.ts';
import type { Diary } from './diaries.ts';

const mostCents = 2_147_483_647;
const within = (cents: number): number => Math.min(mostCents, cents);

type NewRow = Record<string, unknown> & { id: string };
const signed = (now: Date): { date_created: Date; user_created: string } => ({ date_created: now, user_created: orchestreUserId });

/** Reasons as one text; who reads them knows that they go together with the risk and need not be its cause. */
export const whyOf = (client: Endangered): string => reasonLines(client.reasons).join('\n') || 'Plusieurs signes faibles s’additionnent.';

/** The episode itself. A held-out one is shown to nobody but Direction, and is not worked on. */
export function insightRow(client: Endangered, key: string, isHeld: boolean, model: string | null, settings: RetentionSettings, now: Date): NewRow {
	const { mrrCents, index, probability } = client;
	const { horizonDays, saveRate } = settings;
	const steps = stepsFor(settings.plan, client.name);
	return {
		id: randomUUID(),
		title: `Risque de départ : ${client.name}`.slice(0, 255),
		kind: 'churn',
		state: isHeld ? 'closed' : 'open',
		owner: isHeld ? null : client.owner,
		team: isHeld ? null : client.team,
		recommended_action: adviceFor(client.reasons, client.name),
		action_kind: 'call',
		expected_value_cents: within(expectedCents({ mrrCents, index, horizonDays, saveRate, probability: probability === null ? null : probability / 10_000 })),
		minutes: minutesOf(steps) + settings.checkInMinutes,
		score: index,
		probability,
		probability_low: client.low,
		probability_high: client.high,
		reasons: JSON.stringify(reasonLines(client.reasons).map((text) => ({ text }))),
		model,
		model_version: client.version,
		computed_at: now,
		company: client.id,
		hold_out: isHeld,
		episode_key: key,
		...signed(now),
	};
}

export const alertFor = (client: Endangered, key: string): NewAlert => ({
	key,
	kind: 'churn_risk',
	severity: 'critical',
	title: `Risque de départ : ${client.name}`,
	reason: whyOf(client),
	action: adviceFor(client.reasons, client.name),
	valueCents: within(atStake(client.mrrCents)),
	assignee: client.owner,
	team: client.team,
	subject: { company: client.id },
});

/** The steps of the plan as tasks of the account manager, in working time. */
export const taskRows = (client: Endangered, key: string, { plan, calendar }: RetentionSettings, now: Date): (NewRow & { origin_key: string })[] =>
	stepsFor(plan, client.name).map((step, index) => ({
		id: randomUUID(),
		title: step.title,
		description: whyOf(client),
		status: 'todo',
		kind: step.kind,
		priority: step.priority,
		due_at: addWorkingDays(nextWorkingMoment(now, calendar), step.days, calendar),
		assignee: client.owner,
		team: client.team,
		company: client.id,
		origin: 'success.retention',
		origin_key: `${key}:step:${index}`,
		...signed(now),
	}));

/** The incentive, to be agreed to before anybody offers it; null where there is nothing to give. */
export function approvalRow(client: Endangered, key: string, choose: Choose, settings: RetentionSettings, now: Date): NewRow | null {
	const incentive = incentiveFor(client.mrrCents, { rate: settings.incentiveRate, months: settings.incentiveMonths });
	if (!incentive) return null;
	const { limits, decisionDays, calendar } = settings;
	const asked = { cents: incentive.cents, rate: incentive.rate };
	const rule = ruleText(asked, limits);
	const { approver, isStandIn } = choose({ requester: client.owner, manager: client.manager }, isForManager(asked, limits));
	return {
		id: randomUUID(),
		title: `Geste commercial : ${client.name}`.slice(0, 255),
		status: 'pending',
		kind: 'incentive',
		requester: client.owner,
		approver,
		team: client.team,
		deadline: addWorkingDays(nextWorkingMoment(now, calendar), decisionDays, calendar),
		amount_cents: within(incentive.cents),
		discount_rate: incentive.rate,
		reason: `${incentive.text}, pour garder ${client.name} (indice de risque ${client.index} sur 100).\n${whyOf(client)}`,
		threshold_cents: limits.maxCents,
		rule: isStandIn ? `${rule} ; ${standInText}` : rule,
		current_step: 1,
		request_key: `incentive:${key}`,
		company: client.id,
		...signed(now),
	};
}

/** A check-in at the account manager's first free time, still to be confirmed with the client; booked in the diary. Null without anybody or time. */
export function checkInRow(client: Endangered, key: string, diary: Diary | undefined, settings: RetentionSettings, now: Date): NewRow | null {
	const { calendar, checkInDays, checkInMinutes } = settings;
	if (!client.owner || !diary) return null;
	const slot = firstFree(addWorkingDays(now, checkInDays, calendar), checkInMinutes, diary, calendar);
	if (!slot) return null;
	diary.busy.push({ from: slot.from.getTime(), to: slot.to.getTime() });
	return {
		id: randomUUID(),
		title: `Point avec ${client.name}`.slice(0, 255),
		kind: 'check_in',
		status: 'tentative',
		starts_at: slot.from,
		ends_at: slot.to,
		all_day: false,
		private: false,
		owner: client.owner,
		team: client.team,
		description: `À confirmer avec le client.\n${whyOf(client)}\n${adviceFor(client.reasons, client.name)}`,
		company: client.id,
		origin: 'automatic',
		origin_key: key,
		sync_state: 'local',
		...signed(now),
	};
}
