import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** What the server does with a message that it has in full: takes it, refuses it with an SMTP code, or hangs up without a word. */
export type MailReaction = (
  mail: ParsedMail,
  count: number,
  /** When it had arrived, before anything was made of it. */
  atMs: number,
) => 'take' | 'hang-up' | number | Promise<'take' | 'hang-up' | number>;

/** A mail server on this machine that keeps what it is sent. */
export interface MailBox {
  port: number;
  received: { to: string; mail: ParsedMail; raw: string; atMs: number }[];
  /** Sessions that were begun. */
  sessions: number;
  /** How a message is treated; it is taken unless said. */
  react(reaction: MailReaction): void;
  /** Recipients that are refused with a code. */
  refused: Map<string, number>;
  close(): Promise<void>;
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const replied = (responseCode: number): Error =>
  Object.assign(new Error(`no, says the test to a.person@shop.test`), {
    responseCode,
  });

export interface MailBoxOptions {
  /** Who may sign in; nobody has to when left out. */
  user?: { name: string; password: string };
  /** What a session that has had so many messages says to the sender of another; null takes it. */
  nextLetter?: (letters: number) => number | null;
  /** Offers encryption with a certificate that nobody vouches for. */
  tls?: 'tls' | 'starttls';
  /** A free one when left out. */
  port?: number;
}

export async function createMailBox({
  user,
  tls,
  nextLetter = () => null,
  port = 0,
}: MailBoxOptions = {}): Promise<MailBox> {
  const received: MailBox['received'] = [];
  const refused = new Map<string, number>();
  let reaction: MailReaction = () => 'take';
  let count = 0;
  const letters = new Map<string, number>();
  const server = new SMTPServer({
    secure: tls === 'tls',
    disabledCommands: [
      ...(user ? [] : ['AUTH']),
      ...(tls === undefined ? ['STARTTLS'] : []),
    ],
    authOptional: user === undefined,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === user?.name && password === user?.password
        ? done(null, { user: username })
        : done(new Error('no')),
    onMailFrom({}, { id }, done) {
      const code = nextLetter(letters.get(id) ?? 0);
      return code === null ? done() : done(replied(code));
    },
    onRcptTo: ({ address }, _session, done) =>
      refused.has(address)
        ? done(replied(refused.get(address) ?? 550))
        : done(),
    async onData(stream, { envelope, id }, done) {
      const content = await read(stream).catch(() => null);
      // A client that breaks off in the middle has sent nothing.
      if (!content) return done(replied(451));
      const atMs = performance.now();
      const mail = await simpleParser(content);
      const answer = await reaction(mail, ++count, atMs);
      if (typeof answer === 'number') return done(replied(answer));
      letters.set(id, (letters.get(id) ?? 0) + 1);
      received.push({
        to: envelope.rcptTo[0].address,
        mail,
        raw: content.toString('utf8'),
        atMs,
      });
      if (answer === 'take') return done(null, 'taken');
      for (const connection of server.connections) connection.close();
    },
  });
  server.on('error', () => {});
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  let sessions = 0;
  server.server.on('connection', () => void sessions++);
  return {
    get sessions() {
      return sessions;
    },
    port: (server.server.address() as AddressInfo).port,
    received,
    refused,
    react: (next) => void (reaction = next),
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
