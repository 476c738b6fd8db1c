import { expect, it } from 'vitest';
import { forLog, withoutValues } from './log.ts';

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

it('takes the values out of a database error that others log, and keeps its code for a retry', () => {
	const error = Object.assign(new Error("insert into leads (email) values ('jean@dupont.example') - deadlock detected"), {
		code: '40P01',
		detail: 'Key (email)=(jean@dupont.example)',
	});
	const cleaned = withoutValues(error);
	expect(cleaned).toBe(error);
	expect(error.code).toBe('40P01');
	expect(`${error.message}${error.stack}${error.detail}`).not.toContain('dupont');
});
