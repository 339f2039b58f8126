type Drive = (name: string, action: string | null, payload?: object, params?: Record<string, string | number>) => Promise<Record<string, unknown>>;

/** A day of benefits: a pool, a gift given by hand out of it when it has codes, used, taken back, claimed, and stopped. */
export async function driveBenefits(drive: Drive, customerNo: number): Promise<void> {
  const benefit = {
    names: { en: 'Gift' },
    notes: '',
    tiers: ['silver'],
    cost: '1',
    validDays: null,
    limits: { perMember: null, inAll: null },
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: null,
  };
  const pool = await drive('POST /api/coupon-pools', 'membership.create_pool', { kind: 'uploaded', name: 'codes' }) as { poolId: number };
  const promise = { kind: 'upgrade', gifts: [{ giver: 'coupon', of: String(pool.poolId), amount: 1 }] };
  const ofBenefit = await drive('POST /api/benefits', 'membership.create_benefit', { ...benefit, promise }) as { benefitId: number };
  await drive('PUT /api/benefits/:benefitId', 'membership.change_benefit', { ...benefit, promise, version: 1 }, ofBenefit);
  const { grant: { grantNo } } = await drive('POST /api/benefits/:benefitId/grants', 'membership.grant_benefit', { key: 'g', customerNo, reason: 'sorry' }, ofBenefit) as { grant: { grantNo: number } };
  await drive('POST /api/coupon-pools/:poolId/codes', 'membership.add_codes', { codes: ['A-1'] }, pool);
  await drive('POST /api/benefit-grants/:grantNo/retry', 'membership.retry_grant', undefined, { grantNo });
  await drive('POST /api/benefits/uses', null, { key: 'u', customerNo, benefitId: ofBenefit.benefitId });
  await drive('POST /api/benefits/uses/undo', null, { key: 'v', of: 'u' });
  await drive('POST /api/benefit-grants/:grantNo/return', 'membership.take_grant_back', { reason: 'mistake' }, { grantNo });
  const partners = await drive('POST /api/benefits', 'membership.create_benefit', { ...benefit, promise: { kind: 'partner', gifts: [{ giver: 'points', amount: 1 }] } }) as { benefitId: number };
  await drive('POST /api/benefits/claims', null, { key: 'w', customerNo, ...partners });
  await drive('POST /api/benefits/:benefitId/stop', 'membership.stop_benefit', { stopped: true }, ofBenefit);
}
