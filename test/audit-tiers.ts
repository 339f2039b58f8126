import type pg from 'pg';

type Drive = (
  name: string,
  action: string | null,
  payload?: object,
  params?: Record<string, string | number>,
  cookie?: string,
) => Promise<Record<string, unknown>>;

/** Drives every endpoint of tiers that changes something, for somebody who is a member; see audit-complete.test.ts. */
export async function driveTiers(drive: Drive, pool: pg.Pool, customerNo: number, approver: string): Promise<void> {
  const person = { customerNo };
  const ask = () =>
    drive(
      'POST /api/members/:customerNo/tier-grants',
      'membership.ask_tier_grant',
      { tier: 'gold', reason: '明星顾客', from: '2099-01-01' },
      person,
    ) as Promise<{ grantNo: number }>;
  const grant = await ask();
  await drive(
    'POST /api/tiers/grants/:grantNo/decision',
    'membership.decide_tier_grant',
    { isApproved: true },
    grant,
    approver,
  );
  await drive('POST /api/tiers/grants/:grantNo/end', 'membership.end_tier_grant', { reason: '活动取消' }, grant);
  await drive('POST /api/tiers/review/decisions', 'membership.decide_tier_review', {
    verdict: 'keep',
    reason: '系统故障期间',
  });
  await pool.query('update member set to_next = 5, to_next_share = 5, to_next_until = null where customer_no = $1', [
    customerNo,
  ]);
  await drive('POST /api/tiers/audience', 'audiences.create', {
    group: 'near',
    name: '接近升级',
    reason: '发升级提醒',
  });
}
