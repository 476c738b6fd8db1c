import { expect, it } from 'vitest';
import { reasonToLeave } from './record.ts';

const move = { id: 'x', fromTeam: null, to: 'heir', toTeam: null, state: 'new' };

it.each([
	['is as it was moved', { user: 'heir', state: 'new' }, null],
	['is somebody else’s', { user: 'third', state: 'new' }, 'taken'],
	['is the leaver’s again', { user: 'leaver', state: 'new' }, 'taken'],
	['has moved on', { user: 'heir', state: 'contacted' }, 'advanced'],
	['is gone', undefined, 'gone'],
])('a row that %s', (_name, now, reason) => expect(reasonToLeave(move, now)).toBe(reason));
