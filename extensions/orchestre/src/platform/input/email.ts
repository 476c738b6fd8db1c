/** Domain of an address in lower case; null without a usable one. */
export function emailDomain(email: string | null | undefined): string | null {
	const at = email?.lastIndexOf('@') ?? -1;
	return email && at > 0 && at < email.length - 1 ? email.slice(at + 1).toLowerCase() : null;
}

const address = /^[^\s@<>()[\]\\,;:"]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+(?:\p{L}{2,63}|xn--[a-z0-9-]{2,59})$/u;

/** Whether a text can be an e-mail address: the form, the lengths of RFC 5321, no stray dots. Whether it exists is not known. */
export function isEmail(text: string): boolean {
	if (text.length > 254 || !address.test(text)) return false;
	const local = text.slice(0, text.lastIndexOf('@'));
	return local.length <= 64 && !local.startsWith('.') && !local.endsWith('.') && !local.includes('..');
}
