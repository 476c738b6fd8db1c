import { expect, it } from 'vitest';
import { judgeMailError } from './mail-errors.ts';

const error = (over: object): Error => Object.assign(new Error('x'), over);

it.each([
	['an address that does not exist', { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, 'refused'],
	['greylisting', { code: 'EENVELOPE', responseCode: 451, command: 'RCPT TO' }, 'later'],
	['a wrong password', { code: 'EAUTH', responseCode: 535 }, 'later'],
	['nobody listening', { code: 'ESOCKET', syscall: 'connect' }, 'later'],
	['an unknown host', { code: 'EDNS' }, 'later'],
	['a server that never greets', { code: 'ETIMEDOUT', message: 'Greeting never received' }, 'later'],
	['a message that was turned down', { code: 'EMESSAGE', responseCode: 554, command: 'DATA' }, 'later'],
	['no sendmail on the machine', { code: 'ENOENT', syscall: 'spawn /usr/sbin/sendmail' }, 'later'],
	['a vendor’s 429', { status: 429 }, 'later'],
	['SES that is throttled', { $metadata: { httpStatusCode: 400 } }, 'later'],
	['a connection cut in the middle', { code: 'ECONNECTION', command: 'CONN', message: 'Connection closed unexpectedly' }, 'unknown'],
	['a connection cut after the server asked for the text', { code: 'ECONNECTION', responseCode: 354 }, 'unknown'],
	['silence in the middle', { code: 'ETIMEDOUT', message: 'Timeout' }, 'unknown'],
	['anything else', {}, 'unknown'],
])('judges %s', (_name, over, outcome) => expect(judgeMailError(error(over)).outcome).toBe(outcome));

it('never repeats the server’s words, which may quote an address', () => {
	for (const over of [{ code: 'EENVELOPE', responseCode: 550 }, {}])
		expect(judgeMailError(error({ ...over, message: 'ana@roux.example' })).reason).not.toContain('@');
});
