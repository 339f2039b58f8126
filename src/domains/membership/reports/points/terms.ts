import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { MembershipDoors } from '../../part.ts';
import type { KeptReport } from '../overview/kept-report.ts';

/** Which share of points is expected to be asked for, in ten-thousandths. */
export const expectedOf = ({ breakage }: Pick<KeptReport, 'breakage'>): bigint => BigInt(Math.round((1 - (breakage?.share ?? 0)) * 10_000));

/** Lets reports know by what points are valued today. */
export async function keepTerms({ platform: { clickhouse, clock }, programme }: Pick<MembershipDoors, 'platform' | 'programme'>, report: Pick<KeptReport, 'breakage'>): Promise<void> {
  const now = clock.now();
  const worth = (await programme.at(now.getTime()))?.definition.points.worth ?? '0';
  await clickhouse.insertRows('points_terms', [{ at: now.toISOString(), worth, expected: formatDecimal(expectedOf(report)) }]);
}

/** What a point is worth and what share of points is expected to be asked for, as SQL. */
export const worthSql = '(select argMax(worth, at) from points_terms)';
export const expectedSql = '(select argMax(expected, at) from points_terms)';
