import MailComposer from 'nodemailer/lib/mail-composer';
import { Problem } from '../../kernel/problem.ts';
import { createGuard, type Resolve, systemResolve } from '../outbound/guard.ts';
import type { Platform } from '../platform.ts';
import { openMailServer, type OpenMailServer, readMailServer } from './mail-server.ts';
import { handOver, type SmtpOptions, tryServer } from './smtp.ts';

export interface MailAttachment {
  fileName: string;
  contentType: string;
  content: Buffer;
  /** The name under which the HTML shows it; it is then no attachment to a reader. */
  cid?: string;
}

/** A message to one person. */
export interface Mail {
  to: string;
  subject: string;
  html: string;
  text: string;
  attachments: MailAttachment[];
  /** The part of its id before the @: the same for every attempt, so that mail programs can tell a repeat. */
  id: string;
  /** An invitation, which calendars take as one (RFC 6047). */
  calendar?: { method: string; content: string };
  /** Its language, by which screen readers choose a voice. */
  language: string;
}

/** The program's way to people's mail boxes. */
export interface Mailer {
  /**
   * Sends one message. `beforeContent` is awaited when the server is ready for the content and nothing of it has left.
   * Throws `platform.mail_unknown` where nobody can say whether it arrived; after any other Problem it did not.
   */
  send(mail: Mail, beforeContent?: () => Promise<void>): Promise<void>;
  /** Throws the Problem that sending by this server would meet before a message. */
  check(server: OpenMailServer): Promise<void>;
  /** Where links in mails begin; null while no mail server is set up. */
  siteAddress(): Promise<string | null>;
}

export interface MailerOptions {
  timeoutMs?: number;
  resolve?: Resolve;
}

const usualTimeoutMs = 30_000;

/** Failures that come back however often the same message is sent by the same settings. */
export const hopelessMail: ReadonlySet<string> = new Set([
  'platform.mail_not_set_up', 'platform.mail_refused', 'platform.outbound_closed', 'platform.outbound_plain', 'platform.mail_unknown',
]);

/** Sends by the mail server of the settings, as they are at that moment. */
export function createMailer({ pg, secret, config }: Platform, { timeoutMs = usualTimeoutMs, resolve = systemResolve }: MailerOptions = {}): Mailer {
  const over = (server: OpenMailServer): SmtpOptions => ({ guard: createGuard(config.outboundAllow, resolve), server, timeoutMs });
  return {
    async send(mail, beforeContent) {
      const server = await openMailServer(pg, secret);
      if (!server) throw new Problem('platform.mail_not_set_up', { status: 409 });
      await handOver(over(server), { from: server.fromAddress, to: mail.to, content: await mimeOf(mail, server), ...(beforeContent ? { beforeContent } : {}) });
    },
    check: (server) => tryServer(over(server)),
    siteAddress: async () => (await readMailServer(pg))?.siteAddress ?? null,
  };
}

/** The message as it is sent (RFC 5322, MIME). Nothing is read from files or fetched. */
function mimeOf({ to, subject, html, text, attachments, id, language, calendar }: Mail, { fromAddress, fromName }: OpenMailServer): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: fromName, address: fromAddress }, to, subject, html, text,
    messageId: `<${id}@${fromAddress.split('@')[1]}>`,
    headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: attachments.map(({ fileName, contentType, content, cid }) => ({ filename: fileName, contentType, content, ...(cid === undefined ? {} : { cid }) })),
    ...(calendar ? { icalEvent: { method: calendar.method, filename: 'invite.ics', content: calendar.content } } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
