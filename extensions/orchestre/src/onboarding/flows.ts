/** Ids of the flows (seeds/71-flows-onboarding.yaml) that switch this room's work; numbers of the list of automations. */
export const flows = {
	onboard: '7d000000-0000-4000-8000-000000000019',
	branches: '7d000000-0000-4000-8000-000000000119',
	late: '7d000000-0000-4000-8000-000000000020',
	advance: '7d000000-0000-4000-8000-000000000021',
	survey: '7d000000-0000-4000-8000-000000000027',
} as const;
