import type { Knex } from '../directus.ts';
import { sharedState } from '../shared-state.ts';
import { noteConfiguration } from './state.ts';
import { accessOf } from './through.ts';
import type { Connector } from './types.ts';

const registry = sharedState('connectors.registry', () => new Map<string, Connector>());

/** Makes a service known, once, when its room is loaded: its state is shown, and people can test it. */
export function registerConnector(connector: Connector): Connector {
	registry.set(connector.key, connector);
	return connector;
}

export const connectorOf = (key: string): Connector | undefined => registry.get(key);

/** Brings « Connexions » into line with what is configured; called at boot, when all rooms are loaded. */
export async function noteConfigurations(knex: Knex): Promise<void> {
	for (const connector of registry.values()) await noteConfiguration(knex, connector, accessOf(connector));
}
