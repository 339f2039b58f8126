import { createMailer } from '../../platform/mail/mailer.ts';
import type { Platform } from '../../platform/platform.ts';

/** Where links in messages begin: where the program's own mails say it is, else where it listens. */
export async function siteOf(platform: Platform): Promise<string> {
  const { host, port } = platform.config;
  return ((await createMailer(platform).siteAddress()) ?? `http://${host}:${port}`).replace(/\/+$/, '');
}
