import { matrixOf } from './support/matrix.ts';

matrixOf('delivery', [
	{ label: 'finance', role: 'finance' },
	{ label: 'success', role: 'success' },
	{ label: 'operations', role: 'operations' },
]);
