/** The parts that people play in a plan (choices of the templates). */
export type PlanRole = 'project_manager' | 'success' | 'tech' | 'sales' | 'executive' | 'support' | 'finance';
export type Seniority = 'junior' | 'confirmed' | 'senior';
export type SupportLevel = 'standard' | 'priority' | 'premium';

/** Paths of work that start with a plan and do not wait for each other. */
export const branches = ['welcome', 'slack', 'billing', 'contract'] as const;
export type Branch = (typeof branches)[number];
export const isBranch = (value: unknown): value is Branch => branches.includes(value as Branch);

/** A template of a plan. `fits`: its rule holds for the deal (a template without a rule never fits by itself). */
export type Template = {
	id: string;
	key: string;
	name: string;
	kind: 'onboarding' | 'delivery' | 'internal';
	priority: number;
	isDefault: boolean;
	isAddition: boolean;
	fits: boolean;
	team: string | null;
	seniority: Seniority | null;
	supportLevel: SupportLevel | null;
	apiAccess: boolean;
};

/** `offset`: working days after the start of the plan by which it is reached. */
export type TemplateMilestone = { id: string; template: string; sort: number; name: string; offset: number; isGoLive: boolean; requires: readonly string[] };

/** A milestone of a running plan; days as day numbers, null where nobody said one. */
export type PlanMilestone = {
	id: string;
	name: string;
	status: 'todo' | 'in_progress' | 'waiting_client' | 'done' | 'cancelled';
	starts: number | null;
	due: number | null;
	done: number | null;
	/** A person chose the dates: the plan leaves them. */
	fixed: boolean;
	requires: readonly string[];
};
