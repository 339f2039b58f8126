import type pg from 'pg';
import type { Locale } from '../../../kernel/locale.ts';
import { Problem } from '../../../kernel/problem.ts';
import { sentenceOf } from '../../../platform/http/problem-reply.ts';
import type { Say } from '../../../platform/i18n.ts';
import { createMailer, hopelessMail, type MailAttachment, type Mailer } from '../../../platform/mail/mailer.ts';
import type { Platform } from '../../../platform/platform.ts';
import { createBackground } from '../../customers/public.ts';
import type { Copy } from '../contract/mailings.ts';
import type { PlanningPart } from '../part.ts';

/** A letter to one person because of the plan. */
export interface Letter {
  /** What it is about, and of which: `meeting:12`. */
  about: string;
  to: { name: string; address: string };
  locale: Locale;
  subject: string;
  html: string;
  text: string;
  calendar?: { method: string; content: string };
  /** The same one may go with many letters: it is kept once. */
  file?: LetterFile;
}

export interface LetterFile {
  name: string;
  type: string;
  content: Buffer;
}

/** As much as mail servers take, of which it grows by a third on the way. */
export const mostFileBytes = 7_000_000;

/** What became of something that was to leave, as it is kept. */
export interface SentCopy {
  name: string;
  state: Copy['state'];
  at: Date;
  problem: string | null;
  params: Record<string, unknown>;
}

/** The same as somebody reads it. */
export const shownCopies = (copies: readonly SentCopy[], locale: Locale, say: Say): Copy[] =>
  copies.map(({ at, params, ...copy }) => ({ ...copy, at: at.toISOString(), why: copy.problem === null ? null : sentenceOf({ code: copy.problem, params }, locale, say) }));

/** Mail that leaves because of the plan. A letter is noted with what it is about, and leaves by itself. */
export interface Post extends PlanningPart {
  /** Sends what is due; returns how many letters there were. */
  sendDue(): Promise<number>;
}

/** Notes letters; they leave when the transaction holds. Throws `planning.letter_file_too_big`. */
export async function noteLetters(connection: pg.Pool | pg.PoolClient, letters: readonly Letter[], now: Date): Promise<void> {
  const kept = new Map<LetterFile | undefined, string>();
  for (const file of new Set(letters.flatMap((letter) => letter.file ?? []))) kept.set(file, await keepFile(connection, file));
  await connection.query(
    `insert into plan_mail (subject_key, to_name, to_address, locale, subject, html, text, calendar, file_no, state, due_at)
      select l ->> 'about', l -> 'to' ->> 'name', l -> 'to' ->> 'address', l ->> 'locale', l ->> 'subject', l ->> 'html', l ->> 'text', l -> 'calendar', (l ->> 'fileNo')::bigint, 'waiting', $2 from jsonb_array_elements($1::jsonb) l`,
    [JSON.stringify(letters.map(({ file, ...letter }) => ({ ...letter, fileNo: kept.get(file) }))), now]);
}

async function keepFile(connection: pg.Pool | pg.PoolClient, { name, type, content }: LetterFile): Promise<string> {
  if (content.length > mostFileBytes) throw new Problem('planning.letter_file_too_big', { status: 422, params: { most: mostFileBytes / 1_000_000 } });
  const { rows: [{ fileNo }] } = await connection.query<{ fileNo: string }>('insert into plan_mail_file (name, type, content) values ($1, $2, $3) returning file_no as "fileNo"', [name, type, content]);
  return fileNo;
}

/** The newest letters about some things. */
export async function readCopies(connection: pg.Pool | pg.PoolClient, ...about: string[]): Promise<SentCopy[]> {
  const { rows } = await connection.query<SentCopy>(
    'select to_name as name, state, coalesce(sent_at, due_at) as at, problem, problem_params as params from plan_mail where subject_key = any($1) order by mail_no desc limit 100', [about]);
  return rows;
}

interface Held {
  mailNo: string;
  address: string;
  locale: Locale;
  subject: string;
  html: string;
  text: string;
  calendar: { method: string; content: string } | null;
  fileNo: string | null;
  failures: number;
}

const lookMs = 2_000;
const deadAfter = '10 minutes';
/** Minutes until a letter is tried again; after the last it is given up. */
const waits = [1, 5, 30, 120];
const columns = 'mail_no as "mailNo", to_address as address, locale, subject, html, text, calendar, file_no as "fileNo", failures';

export function createPost({ platform }: { platform: Platform }, mailer: Mailer = createMailer(platform)): Post {
  const { pg: pool, clock, log } = platform;
  const hold = async (): Promise<Held | null> => {
    // Where the process died nobody can say whether it had left.
    await pool.query(`update plan_mail set state = 'unknown' where state = 'sending' and due_at < $1::timestamptz - interval '${deadAfter}'`, [clock.now()]);
    const { rows: [held] } = await pool.query<Held>(
      `update plan_mail set state = 'sending', due_at = $1 where mail_no = (select mail_no from plan_mail where state = 'waiting' and due_at <= $1 order by due_at, mail_no limit 1 for update skip locked) returning ${columns}`, [clock.now()]);
    return held ?? null;
  };
  const end = async ({ mailNo, failures }: Held, told: Problem | null): Promise<void> => {
    const problem = told?.code ?? null;
    const wait = problem === null || hopelessMail.has(problem) ? undefined : waits[failures];
    const state = problem === null ? 'sent' : problem === 'platform.mail_unknown' ? 'unknown' : wait === undefined ? 'failed' : 'waiting';
    await pool.query('update plan_mail set state = $2::text, problem = $3, problem_params = $6, sent_at = case when $2::text = \'sent\' then $4::timestamptz end, due_at = $5, failures = failures + 1 where mail_no = $1',
      [mailNo, state, problem, clock.now(), new Date(clock.now().getTime() + (wait ?? 0) * 60_000), told?.params ?? {}]);
  };
  const fileOf = async (fileNo: string | null): Promise<MailAttachment[]> =>
    (fileNo === null ? [] : (await pool.query<MailAttachment>('select name as "fileName", type as "contentType", content from plan_mail_file where file_no = $1', [fileNo])).rows);
  const sendDue = async (): Promise<number> => {
    let sent = 0;
    for (let held = await hold(); held !== null; held = await hold()) {
      const { mailNo, address, locale, subject, html, text, calendar, fileNo } = held;
      const attachments = await fileOf(fileNo);
      sent++;
      const problem = await mailer.send({ to: address, subject, html, text, attachments, id: `plan-${mailNo}`, language: locale, ...(calendar ? { calendar } : {}) }).then(() => null, (error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        log.warn({ code: error.code, mail: mailNo }, 'a letter of the plan was not sent');
        return error;
      });
      await end(held, problem);
    }
    // A file goes with the last letter that was to carry it.
    if (sent > 0) await pool.query("delete from plan_mail_file f where not exists (select from plan_mail m where m.file_no = f.file_no and m.state in ('waiting', 'sending'))");
    return sent;
  };
  const background = createBackground('letters of the plan', sendDue, lookMs, log);
  return { routes: [], sendDue, start: background.start, stop: background.stop };
}
