import { expect, it } from 'vitest';
import { forLog } from './log.ts';

it('leaves the statement and its values out of the log', () => {
	const error = Object.assign(
		new Error("insert into `people` (`email`) values ('jean@example.com') - SQLITE_CONSTRAINT: UNIQUE constraint failed: people.email"),
		{
			code: 'SQLITE_CONSTRAINT',
			detail: 'Key (email)=(jean@example.com) already exists.',
		},
	);
	const logged = forLog(error);
	expect(logged).toMatchObject({ code: 'SQLITE_CONSTRAINT', message: 'SQLITE_CONSTRAINT: UNIQUE constraint failed: people.email' });
	expect(JSON.stringify(logged)).not.toContain('jean@example.com');
	expect(logged.stack).toContain('log.test.ts');
});

it('survives what is not an error', () => expect(forLog('text')).toMatchObject({ type: 'string' }));
