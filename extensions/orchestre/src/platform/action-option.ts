/** The one option of an operation that does one of several things, and how the flow editor sums it up. */
export const actionOption = (actions: readonly { value: string; text: string }[]) => ({
	overview: ({ action }: { action?: string }) => [{ label: 'Action', text: actions.find(({ value }) => value === action)?.text ?? 'à choisir' }],
	options: [
		{
			field: 'action',
			name: 'Action',
			type: 'string' as const,
			meta: { width: 'full' as const, required: true, interface: 'select-dropdown', options: { choices: actions } },
		},
	],
});
