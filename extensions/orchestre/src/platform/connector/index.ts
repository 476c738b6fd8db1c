/** Outside services as other rooms use them. */
export { accessOf, callConnector, useConnectorEnv } from './call.ts';
export { noteConfiguration } from './state.ts';
export type { Access, Call, Connector } from './types.ts';
