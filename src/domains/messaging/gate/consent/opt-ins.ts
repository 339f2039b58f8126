import { createHmac, timingSafeEqual } from 'node:crypto';
import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { notFound, Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { deriveKey } from '../../../../platform/secrets.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import type { ConsentChannel } from '../../../customers/contract.ts';
import type { ShownOptIn } from '../../contract/opt-ins.ts';
import type { MessagingDoors } from '../../part.ts';

interface Asked {
  customerNo: number;
  channel: ConsentChannel;
  source: string;
  textVersion: string;
  days: number;
}

/** Double opt-in: what somebody is said to want counts once they have said so by a link that only they were sent. */
export interface OptIns {
  ask(asked: Asked, actor: Actor): Promise<{ requestNo: number; path: string; expiresAt: string }>;
  read(token: string): Promise<ShownOptIn>;
  /** Confirmed twice it counts once. */
  confirm(token: string): Promise<ShownOptIn>;
}

const dayMs = 86_400_000;

export function createOptIns({ platform: { pg: pool, clock, secret }, customers }: MessagingDoors): OptIns {
  const tokens = createTokens(secret);
  const found = async (client: pg.Pool | pg.PoolClient, token: string, lock = ''): Promise<Request> => {
    const requestNo = tokens.open(token);
    const { rows } = await client.query<Request>(
      `select request_no as "requestNo", customer_no as "customerNo", channel, source, text_version as "textVersion", asked_at as "askedAt", confirmed_at as "confirmedAt"
        from opt_in_request where request_no = $1 and (expires_at > $2 or confirmed_at is not null) ${lock}`, [requestNo, clock.now()]);
    if (!rows[0]) throw new Problem('messaging.preferences_link_ended', { status: 410 });
    return rows[0];
  };
  const shown = async ({ channel, confirmedAt }: Request): Promise<ShownOptIn> => ({ brand: (await readBrand(pool)).name, channel, confirmedAt: confirmedAt?.toISOString() ?? null });
  return {
    async ask({ customerNo, channel, source, textVersion, days }, actor) {
      const person = await customers.recognise({ customerNo });
      if (!person) throw notFound('messaging.nobody', { customerNo });
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + days * dayMs);
      const requestNo = await inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ no: number }>(
          `insert into opt_in_request (customer_no, channel, source, text_version, asked_at, asked_by, expires_at) values ($1, $2, $3, $4, $5, $6, $7) returning request_no as no`,
          [person.customerNo, channel, source, textVersion, now, actor.name, expiresAt]);
        await recordAudit(client, { actor, action: 'messaging.ask_opt_in', subject: `customer:${person.customerNo}`, details: { channel, source } });
        return rows[0].no;
      });
      return { requestNo, path: `/m/d/${tokens.seal(requestNo)}`, expiresAt: expiresAt.toISOString() };
    },
    read: async (token) => shown(await found(pool, token)),
    confirm: (token) => inTransaction(pool, async (client) => {
      const request = await found(client, token, 'for update');
      const person = await customers.recognise({ customerNo: request.customerNo });
      if (!person) throw new Problem('messaging.preferences_link_ended', { status: 410 });
      if (request.confirmedAt) return shown(request);
      const at = clock.now();
      await client.query('update opt_in_request set confirmed_at = $2 where request_no = $1', [request.requestNo, at]);
      await customers.consents.record(client, [{
        customerNo: person.customerNo, channel: request.channel, purpose: 'marketing', granted: true, at, source: request.source, textVersion: request.textVersion,
        evidence: { confirmedBy: 'link', optIn: request.requestNo, askedAt: request.askedAt.toISOString() }, actor: 'double_opt_in',
      }]);
      return shown({ ...request, confirmedAt: at });
    }),
  };
}

interface Request {
  requestNo: number;
  customerNo: number;
  channel: ConsentChannel;
  source: string;
  textVersion: string;
  askedAt: Date;
  confirmedAt: Date | null;
}

/** 96 bits of an HMAC-SHA-256 (RFC 2104, section 5) behind the number: nobody confirms for somebody else by counting. */
const tagBytes = 12;

function createTokens(secret: string) {
  const key = deriveKey(secret, 'messaging.opt-in');
  const tagOf = (body: Buffer): Buffer => createHmac('sha256', key).update(body).digest().subarray(0, tagBytes);
  return {
    seal(requestNo: number): string {
      const body = Buffer.alloc(4);
      body.writeUInt32BE(requestNo);
      return Buffer.concat([body, tagOf(body)]).toString('base64url');
    },
    /** Null for what was not sealed here. */
    open(text: string): number | null {
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length !== 4 + tagBytes || bytes.toString('base64url') !== text) return null;
      const body = bytes.subarray(0, 4);
      return timingSafeEqual(tagOf(body), bytes.subarray(4)) ? body.readUInt32BE() : null;
    },
  };
}
