import type pg from 'pg';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { RunProgress } from '../../../messaging/public.ts';
import type { CampaignDefinition, CampaignProgress } from '../../contract/plans.ts';
import type { CampaignsDoors } from '../../part.ts';

type RunDoors = Pick<CampaignsDoors, 'messaging'>;

export async function runsOf(connection: pg.Pool | pg.PoolClient, campaignNo: number): Promise<number[]> {
  const { rows } = await connection.query<{ runNo: number }>('select unnest(run_nos) as "runNo" from campaign_occasion where campaign_no = $1', [campaignNo]);
  return rows.map(({ runNo }) => runNo);
}

/** Halts what is on its way, lets it go on, or ends it for good. A run that has ended by itself meanwhile stays so. */
export async function turnRuns(client: pg.PoolClient, { messaging: { sending } }: RunDoors, campaignNo: number, turn: 'pause' | 'resume' | 'cancel'): Promise<void> {
  for (const runNo of await runsOf(client, campaignNo)) {
    await sending[turn](client, runNo).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.status !== 409) throw error;
    });
  }
}

/** What messages that were handed over cost, those with them of whom nobody can say whether they arrived. */
export function usedBy(runs: Iterable<Spent>, { costPerMessage }: Pick<CampaignDefinition, 'costPerMessage'>): string {
  let [messages, cost] = [0, 0n];
  for (const run of runs) {
    messages += run.handed + run.unknown - run.priced;
    cost += parseDecimal(run.cost) ?? 0n;
  }
  // What providers or their accounts' prices tell is what it cost; the plan's price stands for the others.
  return formatDecimal(cost + BigInt(messages) * (parseDecimal(costPerMessage) ?? 0n));
}
type Spent = Pick<RunProgress, 'handed' | 'unknown' | 'cost' | 'priced'>;

interface Occasion {
  occasion: string;
  at: Date;
  people: number;
  heldOut: number;
  runNos: number[];
}
/** The latest hour that has not come yet: without best hours an occasion begins as a whole. */
function lastHourOf(runs: readonly Pick<RunProgress, 'state' | 'sendFrom'>[], now: Date): string | null {
  const coming = runs.filter(({ state, sendFrom }) => state !== 'done' && state !== 'cancelled' && sendFrom > now).map(({ sendFrom }) => sendFrom.getTime());
  return coming.length > 0 ? new Date(Math.max(...coming)).toISOString() : null;
}

const order = ['running', 'waiting', 'paused', 'done', 'cancelled'] as const;

/** How far each occasion has come, the newest first; hours of one occasion are one. */
export async function progressOf({ platform: { pg: pool, clock }, messaging: { sending } }: RunDoors & Pick<CampaignsDoors, 'platform'>, campaignNo: number): Promise<CampaignProgress[]> {
  const { rows } = await pool.query<Occasion>(
    'select occasion, began_at as at, people_count as people, held_out_count as "heldOut", run_nos as "runNos" from campaign_occasion where campaign_no = $1 order by began_at desc limit 60', [campaignNo]);
  const found = await sending.progress(rows.flatMap(({ runNos }) => runNos));
  return rows.map(({ occasion, at, people, heldOut, runNos }) => {
    const runs = runNos.flatMap((runNo) => found.get(runNo) ?? []);
    const sum = (of: (run: (typeof runs)[number]) => number | undefined): number => runs.reduce((all, run) => all + (of(run) ?? 0), 0);
    // The first arm of a run is its control group, where it has one.
    const keptOut = runs.reduce((all, { arms }) => all + arms.slice(heldOut > 0 ? 1 : 0).reduce((some, { reasons }) => some + (reasons.universal_control ?? 0), 0), 0);
    return {
      occasion, at: at.toISOString(), people, heldOut, keptOut,
      trouble: runs.find((run) => run.trouble !== null)?.trouble ?? null,
      state: order.find((state) => runs.some((run) => run.state === state)) ?? 'done',
      sent: sum(({ decided }) => decided.send), deferred: sum(({ decided }) => decided.defer), refusedByGate: sum(({ decided }) => decided.refuse), overBudget: sum(({ reasons }) => reasons.budget),
      queued: sum(({ queued }) => queued), handed: sum(({ handed }) => handed), refused: sum(({ refused }) => refused), unknown: sum(({ unknown }) => unknown),
      lastHourAt: lastHourOf(runs, clock.now()),
      bounced: sum(({ told }) => told.bounced), complained: sum(({ told }) => told.complained),
    };
  });
}
