import type pg from 'pg';
import { Problem } from '../../../kernel/problem.ts';
import type { Mailer } from '../../../platform/mail/mailer.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import { button, card, faint, heading, html, page } from '../../insights/public.ts';
import type { CampaignsDoors } from '../part.ts';
import { nextCopy, noteCopy, type WaitingCopy } from './store.ts';

export interface CopyDoors extends Pick<CampaignsDoors, 'platform' | 'say'> {
  mailer: Mailer;
}

/** Sends every copy that waits, each at most once: that it is handed over is noted before anything of it leaves. Returns how many there were. */
export async function sendCopies(doors: CopyDoors): Promise<number> {
  const { pg: pool } = doors.platform;
  let sent = 0;
  for (let copy = await take(pool); copy !== null; copy = await take(pool)) {
    await send(doors, copy);
    sent++;
  }
  return sent;
}

/** Whoever takes a copy has it: one that was taken and never told of is not sent again. */
const take = (pool: pg.Pool): Promise<WaitingCopy | null> => inTransaction(pool, async (client) => {
  const copy = await nextCopy(client);
  if (copy) await noteCopy(client, copy.copyNo, 'handing');
  return copy;
});

async function send({ platform: { pg: pool, log }, say, mailer }: CopyDoors, { copyNo, campaignNo, email, locale, subject, sections }: WaitingCopy): Promise<void> {
  try {
    const [{ name }, site] = await Promise.all([readBrand(pool), mailer.siteAddress()]);
    const link = site === null ? null : `${site}/programs/campaigns/${campaignNo}`;
    const parts = sections.map(({ title, text }) => card(html`${heading(title)}${text.split('\n').map((line) => html`<p class="ink" style="margin:0 0 6px">${line}</p>`)}`));
    const open = say(locale, 'campaigns', 'report.mail.open');
    const foot = html`<tr><td align="center" style="padding:8px 4px 20px">${link === null ? html`` : html`<p style="margin:0 0 16px">${button(link, open)}</p>`}${faint(name)}</td></tr>`;
    const text = [...sections.map(({ title, text: words }) => `${title}\n${words}`), ...(link === null ? [] : [`${open}: ${link}`])].join('\n\n');
    await mailer.send({ to: email, subject, html: page(locale, subject, html`${card(heading(subject))}${parts}${foot}`), text, attachments: [], id: `campaign-report-${copyNo}`, language: locale });
    await noteCopy(pool, copyNo, 'sent');
  } catch (error) {
    log.warn({ err: error, copyNo }, 'a report of a campaign was not sent');
    const code = error instanceof Problem ? error.code : 'campaigns.report_failed';
    await noteCopy(pool, copyNo, code === 'platform.mail_unknown' ? 'unknown' : 'failed', code);
  }
}
