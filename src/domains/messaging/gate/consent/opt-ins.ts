import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { type Locale, pickLocale } from '../../../../kernel/locale.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import type { ConsentChannel } from '../../../customers/contract.ts';
import { profilesOf, type SaidConsent } from '../../../customers/public.ts';
import type { ShownOptIn } from '../../contract/opt-ins.ts';
import type { Channels, MessagingDoors } from '../../part.ts';
import { addressFor, isSent } from './opt-in-address.ts';
import { letterVersion } from './opt-in-letter.ts';
import { createOptInTokens, optInPath } from './opt-in-tokens.ts';

export interface Asked {
  customerNo: number;
  channel: ConsentChannel;
  source: string;
  textVersion: string;
  days: number;
}
export type OptInChannels = Pick<Channels, 'isOpen' | 'addressesOf'>;

/** Double opt-in: what somebody is said to want counts once they have said so by a link that only they were sent. */
export interface OptIns {
  /** `isSent`: the program sends the link itself; else whoever asks does. */
  ask(asked: Asked & { isSent: boolean; locale?: Locale | undefined }, actor: Actor): Promise<{ requestNo: number; path: string; expiresAt: string; isSent: boolean }>;
  /** Has a link sent to somebody who wants messages by a way they did not come by; false where they cannot be sent one. */
  askMyself(client: pg.PoolClient, asked: Omit<Asked, 'days'>, locale: Locale): Promise<boolean>;
  /** Ways that somebody was asked to confirm and has not yet. */
  waitingFor(customerNo: number): Promise<ConsentChannel[]>;
  read(token: string): Promise<ShownOptIn>;
  /** Confirmed twice it counts once. */
  confirm(token: string): Promise<ShownOptIn>;
}

const dayMs = 86_400_000;
const usualDays = 14;
/** Nobody's mailbox is filled by others who type in their address. */
const mostPerDay = 3;

export function createOptIns({ platform, customers }: MessagingDoors, channels?: OptInChannels): OptIns {
  const { pg: pool, clock, secret } = platform;
  const tokens = createOptInTokens(secret);
  const found = async (client: pg.Pool | pg.PoolClient, token: string, lock = ''): Promise<Request> => {
    const requestNo = tokens.open(token);
    const { rows } = await client.query<Request>(
      `select request_no as "requestNo", customer_no as "customerNo", channel, source, text_version as "textVersion", asked_at as "askedAt", confirmed_at as "confirmedAt", sent_at as "sentAt", account_no as "accountNo"
        from opt_in_request where request_no = $1 and (expires_at > $2 or confirmed_at is not null) ${lock}`, [requestNo, clock.now()]);
    if (!rows[0]) throw new Problem('messaging.preferences_link_ended', { status: 410 });
    return rows[0];
  };
  const shown = async ({ channel, confirmedAt }: Request): Promise<ShownOptIn> => ({ brand: (await readBrand(pool)).name, channel, confirmedAt: confirmedAt?.toISOString() ?? null });
  const addressOf = async (client: pg.PoolClient, { channel, customerNo }: Pick<Asked, 'channel' | 'customerNo'>): Promise<string | null> =>
    channels && isSent(channel) ? addressFor(client, channels, customers.vault, channel, customerNo) : null;
  const insert = async (client: pg.PoolClient, { customerNo, channel, source, textVersion, days }: Asked, by: string, letter: Letter | null): Promise<{ no: number; expiresAt: Date }> => {
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + days * dayMs);
    if (letter) await demandSeldom(client, letter.address, now);
    const { rows } = await client.query<{ no: number }>(
      `insert into opt_in_request (customer_no, channel, source, text_version, asked_at, asked_by, expires_at, locale, address, send_state, not_before)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning request_no as no`,
      [customerNo, channel, source, textVersion, now, by, expiresAt, letter?.locale ?? null, letter?.address ?? null, letter ? 'queued' : null, letter ? now : null]);
    return { no: rows[0].no, expiresAt };
  };
  const languageOf = async (client: pg.PoolClient, customerNo: number): Promise<Locale> => {
    const language = (await profilesOf(client, customers.vault, [customerNo])).get(customerNo)?.language ?? null;
    return language === null ? 'zh-CN' : pickLocale(language.replaceAll('_', '-'));
  };
  return {
    async ask({ isSent: isWanted, locale, ...asked }, actor) {
      const person = await customers.recognise({ customerNo: asked.customerNo });
      if (!person) throw notFound('messaging.nobody', { customerNo: asked.customerNo });
      const { customerNo } = person;
      const { no, expiresAt } = await inTransaction(pool, async (client) => {
        const address = isWanted ? await addressOf(client, { ...asked, customerNo }) : null;
        if (isWanted && address === null) throw conflict('messaging.opt_in_not_sent', { channel: asked.channel });
        const made = await insert(client, { ...asked, customerNo }, actor.name, address === null ? null : { address, locale: locale ?? (await languageOf(client, customerNo)) });
        await recordAudit(client, { actor, action: 'messaging.ask_opt_in', subject: `customer:${customerNo}`, details: { channel: asked.channel, source: asked.source, isSent: isWanted } });
        return made;
      });
      return { requestNo: no, path: `${optInPath}${tokens.seal(no)}`, expiresAt: expiresAt.toISOString(), isSent: isWanted };
    },
    async askMyself(client, asked, locale) {
      const address = await addressOf(client, asked);
      if (address !== null) await insert(client, { ...asked, days: usualDays }, asked.source, { address, locale });
      return address !== null;
    },
    async waitingFor(customerNo) {
      const { rows } = await pool.query<{ channel: ConsentChannel }>(
        "select distinct channel from opt_in_request where customer_no = $1 and send_state in ('queued', 'handing', 'handed', 'unknown') and confirmed_at is null and expires_at > $2", [customerNo, clock.now()]);
      return rows.map(({ channel }) => channel);
    },
    read: async (token) => shown(await found(pool, token)),
    async confirm(token) {
      // Before: whoever holds a connection and waits for another keeps it from the one it waits for.
      const person = await customers.recognise({ customerNo: (await found(pool, token)).customerNo });
      if (!person) throw new Problem('messaging.preferences_link_ended', { status: 410 });
      return shown(await inTransaction(pool, async (client) => {
        const request = await found(client, token, 'for update');
        if (request.confirmedAt) return request;
        const confirmedAt = clock.now();
        await client.query('update opt_in_request set confirmed_at = $2 where request_no = $1', [request.requestNo, confirmedAt]);
        await customers.consents.record(client, [confirmedBy(request, person.customerNo, confirmedAt)]);
        return { ...request, confirmedAt };
      }));
    },
  };
}

interface Letter {
  address: string;
  locale: Locale;
}
interface Request {
  requestNo: number;
  customerNo: number;
  channel: ConsentChannel;
  source: string;
  textVersion: string;
  askedAt: Date;
  confirmedAt: Date | null;
  sentAt: Date | null;
  accountNo: number | null;
}

const confirmedBy = (request: Request, customerNo: number, at: Date): SaidConsent => ({
  customerNo, channel: request.channel, purpose: 'marketing', granted: true, at, source: request.source, textVersion: request.textVersion,
  evidence: { confirmedBy: 'link', optIn: request.requestNo, askedAt: request.askedAt.toISOString(), ...sentEvidence(request) }, actor: 'double_opt_in',
});

const sentEvidence = ({ sentAt, accountNo }: Request) => (sentAt === null ? {} : { sentAt: sentAt.toISOString(), account: accountNo, letter: letterVersion });

/** Refuses where an address was asked often enough within a day; two who ask at once are one after the other. */
async function demandSeldom(client: pg.PoolClient, address: string, now: Date): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`opt-in ${address}`]);
  const { rows } = await client.query<{ askedAt: Date }>(
    'select asked_at as "askedAt" from opt_in_request where address = $1::uuid and asked_at > $2::timestamptz - make_interval(days => 1) order by asked_at desc limit $3', [address, now, mostPerDay]);
  if (rows.length < mostPerDay) return;
  const seconds = Math.ceil((rows[mostPerDay - 1].askedAt.getTime() + dayMs - now.getTime()) / 1_000);
  throw new Problem('messaging.opt_in_too_often', { status: 429, retryAfterSeconds: seconds, params: { most: mostPerDay } });
}
