import { matrixOf } from './support/matrix.ts';

matrixOf('outside', [
	{ label: 'reseller', role: 'reseller' },
	{ label: 'reseller without company', role: 'reseller', bare: true },
	{ label: 'api', role: 'api' },
	{ label: 'commercial without team', role: 'commercial', bare: true },
	{ label: 'public', role: null },
]);
