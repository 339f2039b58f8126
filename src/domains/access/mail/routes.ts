import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import { conflict, forbidden, Problem } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Say } from '../../../platform/i18n.ts';
import { openMailServer, type OpenMailServer, readMailServer, writeMailServer } from '../../../platform/mail/mail-server.ts';
import type { MailServer } from '../../../platform/mail/contract.ts';
import type { Mailer } from '../../../platform/mail/mailer.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import { recordAudit } from '../audit/record.ts';
import { findStaff } from '../staff/store.ts';
import { readMailSettings, testMailSettings, writeMailSettings } from './contract.ts';

/** The settings of the mail server, and a message to oneself to try them. */
export const mailRoutes = (platform: Platform, mailer: Mailer, say: Say): Route[] => [
  route(readMailSettings, async () => ({ server: await readMailServer(platform.pg) })),
  route(writeMailSettings, async ({ actor, body: { password, ...server } }) => {
    const before = await openMailServer(platform.pg, platform.secret);
    const after: OpenMailServer = { ...server, password: passwordOf(before, server, password) };
    await inTransaction(platform.pg, async (client) => {
      await writeMailServer(client, platform.secret, after);
      const { host, port, security, user, fromAddress } = server;
      await recordAudit(client, { actor, action: 'access.change_mail_server', subject: 'mail_server', details: { host, port, security, user, fromAddress, newPassword: password !== undefined } });
    });
    return { server: { ...server, hasPassword: after.password !== null } };
  }),
  route(testMailSettings, async ({ actor }) => {
    const to = await ownAddress(platform, actor);
    const startedMs = performance.now();
    const trouble = await sendTest(platform, mailer, say, actor, to);
    await recordAudit(platform.pg, { actor, action: 'access.test_mail_server', subject: 'mail_server', details: { taken: trouble === null, trouble: trouble?.code ?? null } });
    return { to, taken: trouble === null, trouble: trouble && told(say, actor, trouble), tookMs: Math.round(performance.now() - startedMs) };
  }),
];

/** A kept password goes to the place it was given for, and to no other: who may set the server may not read it. */
function passwordOf(before: OpenMailServer | null, server: MailServer, given: string | undefined): string | null {
  if (server.user === '') return null;
  if (given !== undefined) return given;
  const isSame = before !== null && before.password !== null && (['host', 'port', 'security', 'user'] as const).every((name) => before[name] === server[name]);
  if (!isSame) throw new Problem('access.mail_password_needed', { fields: [{ path: 'body.password', code: 'required' }] });
  return before.password;
}

async function ownAddress({ pg }: Platform, actor: Actor): Promise<string> {
  if (actor.kind !== 'staff') throw forbidden('access.people_only');
  const member = await findStaff(pg, actor.id);
  if (!member) throw conflict('access.staff_not_found');
  return member.email;
}

async function sendTest({ pg, clock }: Platform, mailer: Mailer, say: Say, { locale }: Actor, to: string): Promise<Problem | null> {
  const { name: brand } = await readBrand(pg);
  const text = say(locale, 'access', 'mail.testText', { brand, at: clock.now().toISOString() });
  const html = `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`;
  try {
    await mailer.send({ to, subject: say(locale, 'access', 'mail.testSubject', { brand }), html, text, attachments: [], id: randomUUID(), language: locale });
    return null;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

const told = (say: Say, { locale }: Actor, { code, params }: Problem): string => {
  const [namespace, ...rest] = code.split('.');
  return say(locale, namespace, `problem.${rest.join('.')}`, params);
};
