import { expect, test } from 'vitest';
import { npmFailure } from './failure.mjs';

test.each([
	['npm error network request to https://registry.example/directus failed, reason: getaddrinfo ENOTFOUND registry.example', /registre npm ne répond pas/],
	['npm error code ECONNREFUSED', /registre npm ne répond pas/],
	['npm error code SELF_SIGNED_CERT_IN_CHAIN', /certificat/],
	[
		'prebuild-install warn install getaddrinfo ENOTFOUND github.com\nnpm error gyp ERR! stack Error: Could not find any Python installation to use',
		/python3, make et g\+\+/,
	],
	['npm error gyp ERR! stack Error: not found: make', /python3, make et g\+\+/],
	['npm error code EACCES\nnpm error syscall mkdir', /accessible en écriture/],
	['npm error code ENOSPC\nnpm error gyp ERR! build error', /disque est plein/],
	['npm error code E404\nsomething new', /npm a échoué :[^]*something new/],
])('%s is explained', (output, sentence) => expect(npmFailure(output).message).toMatch(sentence));
