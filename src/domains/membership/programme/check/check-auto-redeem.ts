import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { whyUnredeemable } from '../../mall/rules/redeemable.ts';
import { type CheckedAgainst, type Finding, hint, when, wrong } from './finding.ts';

/** Something that can be had without anybody being there. */
export function checkAutoRedeem({ autoRedeem }: ProgrammeDefinition, { redeemed }: CheckedAgainst): Finding[] {
  if (autoRedeem === null) return [];
  const { points, itemNo } = autoRedeem;
  if (points === 0) return [wrong('autoRedeem.points', 'redeemZero')];
  if (itemNo === 0) return [wrong('autoRedeem.itemNo', 'redeemNone')];
  if (redeemed === null) return [wrong('autoRedeem.itemNo', 'redeemUnknown', { no: String(itemNo) })];
  const why = whyUnredeemable(redeemed, points);
  const params = { name: { names: redeemed.definition.names }, price: redeemed.definition.points, points };
  return [
    ...(why === null ? [] : [wrong(why === 'dearer' ? 'autoRedeem.points' : 'autoRedeem.itemNo', `redeem.${why}`, params)]),
    ...when(redeemed.state !== 'listed', () => hint('autoRedeem.itemNo', 'redeemUnlisted', params)),
  ];
}
