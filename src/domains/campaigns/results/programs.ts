import { programKeyOf, type Program } from '../../../kernel/program.ts';
import type { CampaignState } from '../contract/plans.ts';
import type { CampaignResult, Interval } from '../contract/results.ts';
import type { CampaignsDoors } from '../part.ts';
import { demandCampaign } from '../plans/store.ts';
import { resultOf, type ResultDoors } from './read-result.ts';

interface Row extends Pick<CampaignResult, 'earned' | 'isOver'> {
  campaignNo: number;
  name: string;
  state: CampaignState;
  holdout: number;
  beginsAt: Date | null;
  beganAt: Date | null;
  finishedAt: Date | null;
  cost: string | null;
  isMismatch: boolean | null;
  countedUntil: string | null;
}

const mostPrograms = 2_000;
const phases: Record<CampaignState, Program['state']> = { draft: 'planned', checked: 'planned', submitted: 'planned', approved: 'planned', running: 'running', paused: 'running', done: 'ended', cancelled: 'ended' };

/** The newest campaigns with what they came to as it was last kept. Nothing is worked out here. */
export async function campaignPrograms({ platform: { pg } }: Pick<CampaignsDoors, 'platform'>): Promise<Program[]> {
  const { rows } = await pg.query<Row>(
    `select campaign_no as "campaignNo", definition ->> 'name' as name, state, (definition -> 'holdout' ->> 'share')::int as holdout, coalesce(began_at, next_at, (definition -> 'schedule' ->> 'at')::timestamptz) as "beginsAt",
        began_at as "beganAt", finished_at as "finishedAt", result -> 'earned' as earned, (result ->> 'isOver')::boolean as "isOver", (result -> 'sampleRatio' ->> 'isMismatch')::boolean as "isMismatch", result -> 'delivery' ->> 'cost' as cost, result ->> 'countedUntil' as "countedUntil"
      from campaign left join campaign_result using (campaign_no) order by campaign_no desc limit $1`, [mostPrograms]);
  return rows.map(programOf);
}

function programOf({ campaignNo, name, state, holdout, beginsAt, beganAt, finishedAt, earned, isOver, isMismatch, cost, countedUntil }: Row): Program {
  // What came of groups that are not of the sizes they should be was not measured.
  const lift = earned && countedUntil !== null && isMismatch !== true ? { revenue: differenceOf(earned.revenue), margin: earned.margin && differenceOf(earned.margin), countedUntil, isFinal: isOver } : null;
  const hasControl = holdout > 0;
  return {
    key: programKeyOf('campaign', campaignNo), kind: 'campaign', name, state: phases[state], from: beginsAt?.toISOString() ?? null, to: finishedAt?.toISOString() ?? null, path: `/programs/campaigns/${campaignNo}`,
    hasControl, cost: beganAt === null ? '0' : cost, redeemed: null, lift, noLift: lift ? null : beganAt === null ? 'not_begun' : hasControl ? 'not_computed' : 'no_control',
  };
}

const differenceOf = ({ difference, low, high }: Interval) => ({ difference, low, high });

/** What is older than this is worked out again, so that whoever compares campaigns need not wait for any. */
const keptHours = 6;
const mostAtOnce = 20;

/** Works out results that were never kept, or long ago, those first; returns how many. What is final stays. */
export async function keepResults(doors: ResultDoors): Promise<number> {
  const { pg, clock } = doors.platform;
  const { rows } = await pg.query<{ campaignNo: number }>(
    `select campaign_no as "campaignNo" from campaign left join campaign_result using (campaign_no)
      where experiment_no is not null and began_at <= $1 and is_final is not true and data_version is distinct from $4 and (computed_at is null or computed_at < $1::timestamptz - make_interval(hours => $2))
      order by computed_at nulls first, campaign_no desc limit $3`, [clock.now(), keptHours, mostAtOnce, await doors.dataVersion()]);
  for (const { campaignNo } of rows) await resultOf(doors, await demandCampaign(pg, campaignNo));
  return rows.length;
}
