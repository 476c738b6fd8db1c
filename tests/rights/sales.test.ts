import { matrixOf } from './support/matrix.ts';

matrixOf('sales', [
	{ label: 'direction', role: 'direction' },
	{ label: 'manager', role: 'manager' },
	{ label: 'commercial', role: 'commercial' },
]);
