import { addDays, dayIn, daysBetween, startOfDay } from '../../../kernel/day.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import { nextOccasions } from './rules/occasions.ts';
import { type CampaignRow, campaignsBetween } from './store.ts';

const mostDays = 100;
/** More of them in a month nobody could read; that there are more is said. */
const mostCampaigns = 1_000;
const shown = ['draft', 'checked', 'submitted', 'approved', 'running', 'paused', 'done'] as const;

/** Which campaigns go on which days of a stretch of days, and which of them mean the same people. */
export async function calendarOf({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, from: string, to: string) {
  if (to < from || daysBetween(from, to) >= mostDays) throw new Problem('campaigns.calendar_too_long', { params: { most: mostDays }, fields: [{ path: 'query.to', code: 'out_of_range' }] });
  const now = clock.now();
  const { timeZone } = await readBrand(pool);
  const { rows, total } = await campaignsBetween(pool, startOfDay(from, timeZone), startOfDay(addDays(to, 1), timeZone), shown, mostCampaigns);
  const { rows: went } = await pool.query<{ campaignNo: number; at: Date }>('select campaign_no as "campaignNo", began_at as at from campaign_occasion where campaign_no = any($1::int[])', [rows.map(({ campaignNo }) => campaignNo)]);
  const campaigns = rows.map((row) => {
    const past = went.filter(({ campaignNo }) => campaignNo === row.campaignNo).map(({ at }) => dayIn(timeZone, at));
    const days = new Set([...past, ...coming(row, timeZone, now).map((at) => dayIn(timeZone, at))].filter((day) => day >= from && day <= to));
    return { campaignNo: row.campaignNo, name: row.definition.name, channel: row.definition.channel, state: row.state, days: [...days].sort(), people: row.estimate?.reached ?? null };
  }).filter(({ days }) => days.length > 0);
  const inSight = new Set(campaigns.map(({ campaignNo }) => campaignNo));
  const overlaps = rows.flatMap(({ campaignNo, estimate }) => (inSight.has(campaignNo) ? estimate?.overlaps ?? [] : []).filter((each) => inSight.has(each.campaignNo)).map((each) => ({ one: campaignNo, other: each.campaignNo, people: each.people })));
  return { campaigns, overlaps, leftOut: total - rows.length, computedAt: now.toISOString() };
}

/** When it will go; one whose day is over and that never went will not. */
function coming({ definition, state, lastAt, nextAt }: CampaignRow, timeZone: string, now: Date): Date[] {
  if (state === 'done') return [];
  if (definition.schedule.when === 'once') return lastAt === null ? [nextAt ?? (definition.schedule.at === null ? now : new Date(definition.schedule.at))] : [];
  return nextOccasions(definition, timeZone, lastAt, now, mostDays);
}
