import type { AddressInfo, Socket } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A message as its reader's programme sees it; headers by lower-case name. */
export type Mail = {
	to: string[];
	from: { name: string; address: string };
	replyTo: string[];
	subject: string;
	text: string;
	html: string;
	messageId: string;
	headers: Record<string, string>;
	attachments: { name: string; type: string; content: Buffer }[];
};

export type Mailbox = {
	port: number;
	mails: Mail[];
	/** What the server says next: `accept`, a code on the recipient or the text, or `cut` the connection once it has the text. */
	behave: (how: Behaviour) => void;
	close: () => Promise<void>;
};

export type Behaviour = 'accept' | 'cut' | { recipient: number } | { text: number } | { onText: () => Promise<void> };

async function parse(raw: Buffer): Promise<Mail> {
	const mail = await PostalMime.parse(raw);
	return {
		to: (mail.to ?? []).map(({ address }) => address ?? ''),
		from: { name: mail.from?.name ?? '', address: mail.from?.address ?? '' },
		replyTo: (mail.replyTo ?? []).map(({ address }) => address ?? ''),
		subject: mail.subject ?? '',
		text: mail.text ?? '',
		html: mail.html ?? '',
		messageId: mail.messageId ?? '',
		headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
		attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
			name: filename ?? '',
			type: mimeType,
			content: Buffer.from(content as ArrayBuffer),
		})),
	};
}

const refusal = (responseCode: number): Error => Object.assign(new Error('refused'), { responseCode });

/** A real SMTP server in this process, so that messages are read as they went over the wire. */
export async function openMailbox(port = 0): Promise<Mailbox> {
	const mails: Mail[] = [];
	const sockets = new Set<Socket>();
	let how: Behaviour = 'accept';
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		logger: false,
		onRcptTo: (_address, _session, done) => done(typeof how === 'object' && 'recipient' in how ? refusal(how.recipient) : null),
		onData(stream, _session, done) {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', () => {
				void (async () => {
					if (typeof how === 'object' && 'text' in how) return done(refusal(how.text));
					mails.push(await parse(Buffer.concat(parts)));
					if (typeof how === 'object' && 'onText' in how) await how.onText();
					if (how === 'cut') for (const socket of sockets) socket.destroy();
					else done();
				})();
			});
		},
	});
	server.on('error', () => undefined);
	server.server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	return {
		port: (server.server.address() as AddressInfo).port,
		mails,
		behave: (next) => void (how = next),
		close: () => new Promise((resolve) => server.close(resolve)),
	};
}

/** What makes a Directus send its mail to this mailbox, from this address. */
export const mailEnvironment = ({ port }: Pick<Mailbox, 'port'>, from: string): Record<string, string> => ({
	EMAIL_TRANSPORT: 'smtp',
	EMAIL_SMTP_HOST: '127.0.0.1',
	EMAIL_SMTP_PORT: String(port),
	EMAIL_FROM: from,
	EMAIL_VERIFY_SETUP: 'false',
});
