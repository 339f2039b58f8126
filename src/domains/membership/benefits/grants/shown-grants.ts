import type pg from 'pg';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { BenefitKind, Gift, ShownGrant } from '../../contract/benefits.ts';
import { nameIn, type Names } from '../../contract/programme.ts';
import type { Describe } from '../describe.ts';
import type { Given } from './give.ts';
import type { GrantDerivation } from './insert-grants.ts';

interface Row {
  grantNo: number;
  customerNo: number;
  benefitId: number;
  names: Names;
  kind: BenefitKind;
  tier: string | null;
  state: ShownGrant['state'];
  grantedAt: Date;
  expiresAt: Date | null;
  usedAt: Date | null;
  takenBackAt: Date | null;
  cost: string;
  gifts: Gift[];
  given: Given[];
  derivation: GrantDerivation;
}

/** What a grant is now; `$1` is now. */
export const grantState = `case when taken_back_at is not null then 'taken_back' when state <> 'given' then state when used_at is not null or is_spent then 'used' when expires_at <= $1 then 'expired' else 'given' end`;

const columns = `grant_no as "grantNo", customer_no as "customerNo", g.benefit_id as "benefitId", b.definition -> 'names' as names, b.kind, tier, ${grantState} as state, occurred_at as "grantedAt",
  expires_at as "expiresAt", case when is_spent then occurred_at else used_at end as "usedAt", taken_back_at as "takenBackAt", cost::text, gifts, given, derivation`;

export interface GrantsAsked {
  benefitId?: number;
  customerNos?: readonly number[];
  grantNo?: number;
  state?: ShownGrant['state'] | undefined;
  limit: number;
  offset?: number;
}

/** Grants as they are shown, the newest first, and how many there are in all. */
export async function readGrants(pool: pg.Pool, now: Date, asked: GrantsAsked, describe: Describe, say: Say, locale: Locale): Promise<{ rows: ShownGrant[]; total: number }> {
  const values = [now, asked.benefitId ?? null, asked.customerNos ?? null, asked.grantNo ?? null, asked.state ?? null];
  const where = `($2::int is null or g.benefit_id = $2) and ($3::int[] is null or customer_no = any($3)) and ($4::bigint is null or grant_no = $4) and ($5::text is null or ${grantState} = $5)`;
  const [{ rows }, { rows: [{ total }] }] = await Promise.all([
    pool.query<Row>(`select ${columns} from benefit_grant g join benefit b using (benefit_id) where ${where} order by grant_no desc limit $6 offset $7`, [...values, asked.limit, asked.offset ?? 0]),
    pool.query<{ total: number }>(`select count(*) as total from benefit_grant g where ${where}`, values),
  ]);
  return { rows: await Promise.all(rows.map((row) => shown(row, describe, say, locale))), total };
}

async function shown({ names, gifts, given, derivation, ...row }: Row, describe: Describe, say: Say, locale: Locale): Promise<ShownGrant> {
  return {
    ...row,
    benefit: nameIn(names, locale),
    grantedAt: row.grantedAt.toISOString(), expiresAt: row.expiresAt?.toISOString() ?? null, usedAt: row.usedAt?.toISOString() ?? null, takenBackAt: row.takenBackAt?.toISOString() ?? null,
    sentence: sentenceOf(derivation, say, locale),
    gifts: await Promise.all(gifts.map(async (gift, index) => ({
      ...gift, sentence: await describe.gift(gift, locale), codes: given[index]?.codes ?? [], refusal: refusalText(given[index]?.refusal ?? null, say, locale),
    }))),
  };
}

/** "Given for reaching the tier", and why it was refused or taken back. */
function sentenceOf({ occasion, by, reason, refusal, takenBack }: GrantDerivation, say: Say, locale: Locale): string {
  const parts = [say(locale, 'membership', `benefits.occasion.${occasion}`, { by, reason })];
  if (refusal !== undefined) parts.push(say(locale, 'membership', `benefits.refusal.${refusal}`));
  if (takenBack !== undefined) parts.push(takenBack.by === undefined ? say(locale, 'membership', 'benefits.takenBackOnRefund') : say(locale, 'membership', 'benefits.takenBackBy', { by: takenBack.by, reason: takenBack.reason }));
  return parts.join(say(locale, 'membership', 'benefits.says.comma'));
}

function refusalText(code: string | null, say: Say, locale: Locale): string | null {
  if (code === null) return null;
  const [namespace, ...key] = code.split('.');
  return say(locale, namespace, `problem.${key.join('.')}`);
}
