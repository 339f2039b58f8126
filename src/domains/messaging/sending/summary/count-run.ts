import type pg from 'pg';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { reasons, verdicts, type Reason, type Verdict } from '../../contract.ts';
import type { RunCounts } from '../../part.ts';
import { toldBits, type ToldBit } from '../facts/told-bits.ts';
import type { Run } from '../runs/run.ts';

type Connection = pg.Pool | pg.ClientBase;
type Counts = Omit<RunCounts, 'people'>;

interface DecisionRow {
  arm: number;
  verdict: number;
  reason: number;
  n: number;
}
interface DeliveryRow {
  arm: number;
  state: string;
  told: number;
  n: number;
  cost: string | null;
  priced: number;
}

/** How each arm of a run stands, counted from what is written of its people: nothing is added up that could drift. */
export async function countRun(connection: Connection, { runNo, occasionOn, arms }: Pick<Run, 'runNo' | 'occasionOn' | 'arms'>): Promise<Counts[]> {
  const decisions = await connection.query<DecisionRow>(
    'select arm, verdict, reason, count(*) as n from send_decision where occasion_on = $1 and run_no = $2 group by 1, 2, 3', [occasionOn, runNo]);
  const deliveries = await connection.query<DeliveryRow>(
    'select arm, state, told, count(*) as n, sum(cost) as cost, count(cost) as priced from send_delivery where occasion_on = $1 and run_no = $2 group by 1, 2, 3', [occasionOn, runNo]);
  return arms.map((_, arm) => countArm(decisions.rows.filter((row) => row.arm === arm), deliveries.rows.filter((row) => row.arm === arm)));
}

function countArm(decisions: readonly DecisionRow[], deliveries: readonly DeliveryRow[]): Counts {
  const decided: Partial<Record<Verdict, number>> = {};
  const why: Partial<Record<Reason, number>> = {};
  for (const { verdict, reason, n } of decisions) {
    decided[verdicts[verdict]] = (decided[verdicts[verdict]] ?? 0) + n;
    if (verdict !== verdicts.indexOf('send')) why[reasons[reason]] = (why[reasons[reason]] ?? 0) + n;
  }
  const inState = (...states: string[]): number => deliveries.filter(({ state }) => states.includes(state)).reduce((sum, { n }) => sum + n, 0);
  const told: Partial<Record<ToldBit, number>> = {};
  for (const [kind, bit] of Object.entries(toldBits) as [ToldBit, number][]) {
    const people = deliveries.filter((row) => row.told & bit).reduce((sum, { n }) => sum + n, 0);
    if (people > 0) told[kind] = people;
  }
  return { decided, reasons: why, queued: inState('queued', 'handing'), handed: inState('handed'), refused: inState('refused'), unknown: inState('unknown'), ...costOf(deliveries.filter(({ state }) => state === 'handed' || state === 'unknown')), told };
}

const costOf = (rows: readonly { cost: string | null; priced: number }[]): Pick<RunCounts, 'cost' | 'priced'> => ({
  cost: formatDecimal(rows.reduce((sum, { cost }) => sum + (parseDecimal(cost ?? '0') ?? 0n), 0n)), priced: rows.reduce((sum, { priced }) => sum + priced, 0),
});

/** Of all arms together. */
export function sumCounts(arms: readonly RunCounts[]): RunCounts {
  const add = <K extends string>(pick: (counts: RunCounts) => Partial<Record<K, number>>): Partial<Record<K, number>> => {
    const sum: Partial<Record<K, number>> = {};
    for (const arm of arms) for (const [key, n] of Object.entries(pick(arm)) as [K, number][]) sum[key] = (sum[key] ?? 0) + n;
    return sum;
  };
  const total = (pick: (counts: RunCounts) => number): number => arms.reduce((sum, arm) => sum + pick(arm), 0);
  return {
    people: total((c) => c.people), decided: add((c) => c.decided), reasons: add((c) => c.reasons), queued: total((c) => c.queued),
    handed: total((c) => c.handed), refused: total((c) => c.refused), unknown: total((c) => c.unknown), ...costOf(arms), told: add((c) => c.told),
  };
}
