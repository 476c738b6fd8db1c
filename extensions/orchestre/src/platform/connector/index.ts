/** Outside services as other rooms use them. */
export { callConnector } from './call.ts';
export { connectorOf, noteConfigurations, registerConnector } from './registry.ts';
export { addSpending } from './state.ts';
export { accessOf, notConfigured, textIn, throughConnector, useConnectorEnv } from './through.ts';
export type { Access, Call, Connector, Fault, Line, Told } from './types.ts';
