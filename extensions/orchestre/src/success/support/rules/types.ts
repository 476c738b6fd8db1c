/** The choices of `tickets.priority`, of `companies.support_level`, of `tickets.status` and of `tickets.sla_state`. */
export type Priority = 'urgent' | 'high' | 'normal' | 'low';
export type SupportLevel = 'standard' | 'priority' | 'premium';
export type Status = 'new' | 'in_progress' | 'waiting_client' | 'resolved' | 'closed';
export type SlaState = 'running' | 'at_risk' | 'breached' | 'paused' | 'met' | 'missed';

/** From `settings`: working minutes by priority, shares of them by support level, the share left when to warn, minutes until the manager knows. */
export type SlaSettings = {
	minutes: Readonly<Record<Priority, number>>;
	shares: Readonly<Record<SupportLevel, number>>;
	warningShare: number;
	escalationMinutes: number;
};

/** What the product keeps of a ticket's deadlines; minutes are working minutes. */
export type Kept = {
	dueAt: Date | null;
	state: SlaState | null;
	pausedAt: Date | null;
	pausedMinutes: number;
	firstResponseAt: Date | null;
	firstResponseMinutes: number | null;
	resolvedAt: Date | null;
	resolutionMinutes: number | null;
	closedAt: Date | null;
	/** Priority and client that the deadline was promised for; null for a ticket that came in with its own. */
	basis: string | null;
	treatedStatus: Status | null;
};

/** `isRepromised`: somebody has just changed its priority or its client. */
export type Ticket = { company: string | null; status: Status; priority: Priority; level: SupportLevel; createdAt: Date; kept: Kept; isRepromised?: boolean };
