import { defineHook } from '@directus/extensions-sdk';
import { guardInput, keepHistory, treatWritten } from '../platform/written.ts';
import { checkTemplates, stopOnInteractions, stopOnLeads, stopOnPeople, treatSequences, treatSteps } from './guard.ts';
import { useMailEnv } from './mail.ts';
import './jobs/index.ts';
import './routes.ts';

/** Wiring of the sequences room (docs/decisions/106). */
export default defineHook(({ filter }, { env }) => {
	useMailEnv(env);
	guardInput(filter, 'sequences', ['activated_at']);
	treatWritten(filter, 'sequences', treatSequences);
	treatWritten(filter, 'sequence_steps', treatSteps);
	treatWritten(filter, 'message_templates', checkTemplates);
	treatWritten(filter, 'interactions', stopOnInteractions);
	treatWritten(filter, 'leads', stopOnLeads);
	treatWritten(filter, 'people', stopOnPeople);
	keepHistory(filter, 'sequence_runs', 'Les séquences en cours sont tenues par Orchestre : utilisez les boutons du lead ou du contact.');
	keepHistory(filter, 'sequence_sends', 'Les étapes exécutées sont tenues par Orchestre : elles empêchent d’envoyer deux fois.');
});
