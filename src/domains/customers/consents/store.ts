import type pg from 'pg';
import { queueCopies } from '../copies/queue.ts';
import type { ConsentChannel, ConsentPurpose } from '../contract/consent.ts';

/** A statement about consent to be kept. Evidence says where and how it was made; never personal data. */
export interface SaidConsent {
  customerNo: number;
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  granted: boolean;
  at: Date;
  /** Where it was said: a page, a form, a call. */
  source: string;
  evidence?: Readonly<Record<string, unknown>>;
  /** The version of the wording that was agreed to. */
  textVersion?: string;
  /** Who recorded it: `tracker`, `import 12`, a member of staff. */
  actor: string;
}

export interface Consents {
  /** Keeps statements, in the caller's transaction. Nothing is overwritten: an older one that comes late changes nothing that was said after it. */
  record(client: pg.PoolClient, said: readonly SaidConsent[]): Promise<void>;
}

export const consents: Consents = {
  async record(client, said) {
    const meant = said.filter((s) => s.customerNo > 0);
    if (meant.length === 0) return;
    await client.query(
      `insert into consent (customer_no, channel, purpose, granted, at, source, evidence, text_version, actor)
        select * from unnest($1::int[], $2::text[], $3::text[], $4::boolean[], $5::timestamptz[], $6::text[], $7::jsonb[], $8::text[], $9::text[])`,
      [
        meant.map((s) => s.customerNo), meant.map((s) => s.channel), meant.map((s) => s.purpose), meant.map((s) => s.granted),
        meant.map((s) => s.at), meant.map((s) => s.source), meant.map((s) => JSON.stringify(s.evidence ?? {})),
        meant.map((s) => s.textVersion ?? null), meant.map((s) => s.actor),
      ]);
    await queueCopies(client, meant.map((s) => s.customerNo));
  },
};

export interface StoredConsent {
  consentId: number;
  customerNo: number;
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  granted: boolean;
  at: Date;
  recordedAt: Date;
  source: string;
  evidence: Record<string, unknown>;
  textVersion: string | null;
  actor: string;
}

/** Every statement of these numbers, newest first. */
export async function readConsents(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[]): Promise<StoredConsent[]> {
  const { rows } = await connection.query<StoredConsent>({
    name: 'customers.consents',
    text: `select consent_id as "consentId", customer_no as "customerNo", channel, purpose, granted, at, recorded_at as "recordedAt",
        source, evidence, text_version as "textVersion", actor
      from consent where customer_no = any($1::int[]) order by at desc, consent_id desc`,
    values: [customerNos],
  });
  return rows;
}
