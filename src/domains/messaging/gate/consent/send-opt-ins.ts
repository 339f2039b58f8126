import type { Locale } from '../../../../kernel/locale.ts';
import type { Platform } from '../../../../platform/platform.ts';
import type { Say } from '../../../../platform/i18n.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { Customers } from '../../../customers/public.ts';
import type { Answer, Channels } from '../../part.ts';
import { siteOf } from '../../site.ts';
import { optInLetter } from './opt-in-letter.ts';
import { addressHash, type SentChannel } from './opt-in-address.ts';
import { createOptInTokens, optInPath } from './opt-in-tokens.ts';

export interface OptInSender {
  platform: Platform;
  say: Say;
  customers: Pick<Customers, 'vault' | 'recognise'>;
  channels: Pick<Channels, 'addressesOf' | 'handOver'>;
}

interface Waiting {
  requestNo: number;
  customerNo: number;
  channel: SentChannel;
  locale: Locale;
  address: string;
  attempts: number;
  expiresAt: Date;
}

const atOnce = 100;
const mostAttempts = 6;
/** What was being handed over for longer than this was so when its process died: nobody can say what became of it, and it does not go again. */
const lostMs = 600_000;

/**
 * Sends what asks people to confirm. It is a message of service that somebody asked for: no cap counts it, no control group keeps it back. It goes
 * to the address that it was asked for and to no other, once: that it is being handed over is written down before anything leaves.
 */
export async function sendOptIns(doors: OptInSender, signal: AbortSignal): Promise<void> {
  const { pg: pool, clock } = doors.platform;
  await pool.query("update opt_in_request set send_state = 'unknown' where send_state = 'handing' and not_before < $1::timestamptz - make_interval(secs => $2)", [clock.now(), lostMs / 1_000]);
  // Taken for a while: of several processes one has each, and what one left comes again.
  const { rows } = await pool.query<Waiting>(
    `update opt_in_request set attempts = attempts + 1, not_before = $1::timestamptz + make_interval(secs => $3)
      where request_no in (select request_no from opt_in_request where send_state = 'queued' and not_before <= $1 order by not_before limit $2 for update skip locked)
      returning request_no as "requestNo", customer_no as "customerNo", channel, locale, address, attempts, expires_at as "expiresAt"`, [clock.now(), atOnce, lostMs / 1_000]);
  for (const [channel, waiting] of Map.groupBy(rows, (one) => one.channel)) await sendBy(doors, channel, waiting, signal);
}

async function sendBy(doors: OptInSender, channel: SentChannel, waiting: readonly Waiting[], signal: AbortSignal): Promise<void> {
  const { platform, say, customers: { vault, recognise }, channels } = doors;
  const { pg: pool, clock, secret } = platform;
  const roots = new Map<number, number>();
  for (const { customerNo } of waiting) {
    const person = await recognise({ customerNo });
    if (person) roots.set(customerNo, person.customerNo);
  }
  const addresses = await inTransaction(pool, (client) => channels.addressesOf(client, channel, [...new Set(roots.values())]));
  const [brand, site, tokens] = [await readBrand(pool), await siteOf(platform), createOptInTokens(secret)];
  const byKey = new Map(waiting.map((one) => [keyOf(one), one]));
  const parcels = [];
  for (const one of waiting) {
    const to = addresses.get(roots.get(one.customerNo) ?? 0);
    if (to === undefined || one.expiresAt <= clock.now() || addressHash(vault, channel, to) !== one.address) {
      await end(doors, one, null, { outcome: 'refused', code: 'address_gone' });
      continue;
    }
    const token = tokens.seal(one.requestNo);
    const message = optInLetter(say, channel, { locale: one.locale, brand: brand.name, timeZone: brand.timeZone, url: `${site}${optInPath}${token}`, token, expiresAt: one.expiresAt });
    parcels.push({ key: keyOf(one), to, locale: one.locale, purpose: 'service' as const, message, attempts: one.attempts - 1 });
  }
  await channels.handOver(channel, parcels, async (key, accountNo) => {
    const { rowCount } = await pool.query(
      "update opt_in_request set send_state = 'handing', account_no = $2, not_before = $3 where request_no = $1 and send_state in ('queued', 'handing') and attempts = $4 and confirmed_at is null and expires_at > $3",
      [byKey.get(key)?.requestNo, accountNo, clock.now(), byKey.get(key)?.attempts]);
    if (rowCount === 0) throw new Error('a request to confirm has been taken');
  }, async (key, accountNo, answer) => {
    const one = byKey.get(key);
    if (one) await end(doors, one, accountNo, answer);
  }, signal);
}

const keyOf = ({ requestNo }: Waiting): string => `opt-in-${requestNo}`;

/** Writes down what a provider answered; what is to come again does so as often as makes sense. */
async function end({ platform: { pg: pool, clock } }: OptInSender, { requestNo, attempts }: Waiting, accountNo: number | null, { outcome, code, retryAfterMs = 60_000 }: Answer): Promise<void> {
  const now = clock.now();
  const isLater = outcome === 'later' && (accountNo === null || attempts < mostAttempts);
  const state = outcome === 'taken' ? 'handed' : isLater ? 'queued' : outcome === 'unknown' ? 'unknown' : 'refused';
  await pool.query(
    `update opt_in_request set send_state = $2, not_before = $3, answer = $4, account_no = coalesce($5, account_no), sent_at = case when $2 = 'handed' then $6::timestamptz end where request_no = $1 and attempts = $7 and send_state in ('queued', 'handing')`,
    [requestNo, state, isLater ? new Date(now.getTime() + retryAfterMs) : now, code ?? null, accountNo, now, attempts]);
}
