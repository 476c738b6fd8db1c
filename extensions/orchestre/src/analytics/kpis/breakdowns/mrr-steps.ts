/**
 * SQL of all steps of monthly recurring revenue: company, `changed_on`, `mrr` from then on and `delta` against before, in cents, a row a change of
 * a subscription in euros. Sums of `delta` up to a day are the revenue of that day. A trial, a pause and what has ended bring in nothing. Of a
 * subscription without any history, the day it began and the one on which it ended stand for it.
 */
export const mrrSteps = `
	select subscription, company, changed_on, mrr,
		mrr - lag(mrr, 1, 0) over (partition by subscription order by changed_on, recorded_at, place, id) as delta
	from (
		select c.id, c.subscription, c.company, c.changed_on, c.recorded_at, case c.kind when 'renewal' then 0 else 1 end as place,
			case when c.status_after in ('ended', 'paused', 'trial') then 0 else coalesce(c.mrr_after_cents, 0) end as mrr
		from subscription_changes c where c.subscription in (select id from subscriptions where currency = 'EUR')
		union all
		select s.id, s.id, s.company, s.started_on, s.date_created, 0, coalesce(s.mrr_cents, 0)
		from subscriptions s
		where s.status in ('active', 'cancelled') and s.currency = 'EUR' and not exists (select 1 from subscription_changes c where c.subscription = s.id)
	) said`;
