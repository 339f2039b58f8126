import type pg from 'pg';
import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { addDays, dayIn } from '../../../../kernel/day.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { momentIn } from '../../../insights/public.ts';
import type { NewRun } from '../../../messaging/public.ts';
import type { CampaignsDoors } from '../../part.ts';
import { keepSegments } from '../../results/segments/kept.ts';
import { segmentsOf } from '../../results/segments/segments-of.ts';
import { readBestHours } from '../best-hours.ts';
import { splitByHour } from '../rules/hours.ts';
import { nextOccasion, occasionKey } from '../rules/occasions.ts';
import { armsOf, controlKey } from '../rules/shares.ts';
import { type CampaignRow, demandCampaign, noteStep } from '../store.ts';
import { readMeant } from '../whom.ts';
import { usedBy } from './runs.ts';

/** Who begins campaigns at their time, in the history of each. */
const system = 'system';

/** Begins every campaign whose time has come, and ends those that have nothing left to do. Returns how many there were. */
export async function beginDue(doors: CampaignsDoors): Promise<number> {
  let begun = 0;
  const failed: number[] = [];
  while (await beginNext(doors, failed)) begun++;
  return begun + (await finishOver(doors));
}

/** One occasion of one campaign, past those that failed just now. What is asked of the stores takes a while, and nobody waits for it: it counts if the campaign is still the same after. */
async function beginNext(doors: CampaignsDoors, failed: number[]): Promise<boolean> {
  const { pg: pool, clock, log } = doors.platform;
  const { rows: [due] } = await pool.query<Pick<CampaignRow, 'campaignNo' | 'version'>>(
    `select campaign_no as "campaignNo", version from campaign where state in ('approved', 'running') and next_at <= $1 and campaign_no <> all($2::int[]) order by next_at, campaign_no limit 1`, [clock.now(), failed]);
  if (!due) return false;
  try {
    const row = await demandCampaign(pool, due.campaignNo);
    const asked = await askAbout(doors, row);
    await inTransaction(pool, async (client) => {
      if (await isStill(client, due)) await begin(client, doors, row, asked);
    });
  } catch (error) {
    failed.push(due.campaignNo);
    // Its audience is gone, or its template: it stands still until somebody looks. Anything else is tried again at the next look, and holds up nobody either.
    if (!(error instanceof Problem) || error.status >= 500) {
      log.error({ err: error, campaignNo: due.campaignNo }, 'a campaign could not begin; trying again');
      return true;
    }
    log.warn({ err: error, campaignNo: due.campaignNo }, 'a campaign could not begin and was paused');
    await inTransaction(pool, async (client) => {
      if (!(await isStill(client, due))) return;
      await client.query(`update campaign set state = 'paused', version = version + 1 where campaign_no = $1`, [due.campaignNo]);
      await noteStep(client, due.campaignNo, system, 'failed', clock.now(), error.code);
    });
  }
  return true;
}

/** Whether nobody turned, changed or began it since it was read; nobody can until the transaction ends. */
async function isStill(client: pg.PoolClient, { campaignNo, version }: Pick<CampaignRow, 'campaignNo' | 'version'>): Promise<boolean> {
  const { rowCount } = await client.query(`select from campaign where campaign_no = $1 and version = $2 and state in ('approved', 'running') for update`, [campaignNo, version]);
  return rowCount === 1;
}

/** Whom a campaign means at this moment, at which hour each of them, and where they were before the first of it. */
interface Asked {
  at: Date;
  timeZone: string;
  people: Bitmap;
  /** The hour, or null for at once. */
  hours: Map<number | null, Bitmap>;
  /** Null where they are kept already: later they are where it took them. */
  segments: Bitmap[] | null;
}

async function askAbout({ platform, audiences }: CampaignsDoors, { definition, nextAt, beganAt }: CampaignRow): Promise<Asked> {
  const now = platform.clock.now();
  const { timeZone } = await readBrand(platform.pg);
  const { people } = await readMeant(audiences, definition);
  const hours = definition.bestHour === null ? new Map([[null, people]]) : splitByHour(people, await readBestHours(platform.reader, timeZone, now), definition.bestHour);
  return { at: nextAt ?? now, timeZone, people, hours, segments: beganAt === null ? await segmentsOf(platform, people, null) : null };
}

/** Freezes whom it means, puts them into their arms for good, and hands them to be sent to. */
async function begin(client: pg.PoolClient, doors: CampaignsDoors, row: CampaignRow, { at, timeZone, people, hours, segments }: Asked): Promise<void> {
  const { platform: { clock }, messaging: { experiments, sending } } = doors;
  const { campaignNo, definition } = row;
  const now = clock.now();
  const arms = armsOf(definition);
  const experimentNo = row.experimentNo ?? (await experiments.ensure(client, `campaign ${campaignNo}`, arms));
  const assigned = await experiments.assign(client, experimentNo, people);
  const occasion = occasionKey(definition, timeZone, at);
  const runNos: number[] = [];
  for (const [hour, some] of hours) {
    const sendFrom = hour === null ? at : hourAfter(timeZone, hour, at);
    runNos.push(await sending.begin(client, {
      programKind: 'campaign', programNo: campaignNo, step: hour === null ? 'send' : `hour ${hour}`, occasion, channel: definition.channel, purpose: 'marketing', category: definition.category,
      expectedValue: definition.expectedValue, sendFrom, sendUntil: definition.usefulHours === null ? null : new Date(sendFrom.getTime() + definition.usefulHours * 3_600_000),
      perMinute: definition.perMinute, by: row.submittedBy ?? row.editedBy, experimentNo, arms: runArms(row, arms.map(({ key }) => key), assigned, some),
    }));
  }
  if (segments !== null) await keepSegments(client, campaignNo, segments);
  const heldOut = arms[0].key === controlKey ? assigned[0].size : 0;
  await client.query('insert into campaign_occasion (campaign_no, occasion, began_at, run_nos, people_count, held_out_count) values ($1, $2, $3, $4, $5, $6) on conflict do nothing', [campaignNo, occasion, now, runNos, people.size, heldOut]);
  await client.query(
    `update campaign set state = 'running', version = version + 1, began_at = coalesce(began_at, $2), last_at = $3, next_at = $4, experiment_no = $5 where campaign_no = $1`,
    [campaignNo, now, at, nextOccasion(definition, timeZone, at, now), experimentNo]);
  await noteStep(client, campaignNo, system, 'begin', now, occasion);
}

/** The next time the brand's clock shows an hour. */
function hourAfter(timeZone: string, hour: number, at: Date): Date {
  const day = dayIn(timeZone, at);
  const time = `${String(hour).padStart(2, '0')}:00`;
  const today = momentIn(timeZone, day, time);
  return today >= at ? today : momentIn(timeZone, addDays(day, 1), time);
}

/** Who of an hour is in which arm. Once a test is decided everybody gets what the better arm gets, and stays in the arm they were put into. */
function runArms({ definition, winner }: CampaignRow, keys: readonly string[], assigned: readonly Bitmap[], some: Bitmap): NewRun['arms'] {
  return keys.map((key, i) => {
    const content = key === controlKey ? undefined : definition.arms.find((arm) => arm.key === (winner ?? key));
    return { key, isControl: key === controlKey, templateNo: content?.templateNo ?? null, templateVersion: content?.templateVersion ?? null, people: assigned[i].and(some) };
  });
}

/** A campaign without a next time is over when the last of its runs is; what its runs came to is asked of those alone. */
async function finishOver(doors: CampaignsDoors): Promise<number> {
  const { platform: { pg: pool, clock }, messaging: { sending } } = doors;
  const { rows } = await pool.query<{ campaignNo: number; runNos: number[] }>(
    `select campaign_no as "campaignNo", array(select unnest(run_nos) from campaign_occasion o where o.campaign_no = campaign.campaign_no) as "runNos" from campaign where state = 'running' and next_at is null`);
  const open = await sending.notOver(rows.flatMap(({ runNos }) => runNos));
  let over = 0;
  for (const { campaignNo, runNos } of rows) {
    if (runNos.some((runNo) => open.has(runNo))) continue;
    const runs = await sending.progress(runNos);
    await inTransaction(pool, async (client) => {
      const { rowCount } = await client.query(`update campaign set state = 'done', finished_at = $2, version = version + 1 where campaign_no = $1 and state = 'running' and next_at is null`, [campaignNo, clock.now()]);
      if (!rowCount) return;
      await noteStep(client, campaignNo, system, 'done', clock.now());
      await doors.budget.end(client, campaignNo, usedBy(runs.values(), (await demandCampaign(client, campaignNo)).definition), system);
    });
    over++;
  }
  return over;
}
