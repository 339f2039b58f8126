import { createBackground } from '../../customers/public.ts';
import type { CampaignsDoors, CampaignsPart } from '../part.ts';
import { planRoutes } from './routes.ts';
import { beginDue } from './run/begin-due.ts';
import { pauseHarmful } from './run/pause-harmful.ts';

/** What campaigns there are, and when they go. */
export interface Plans extends CampaignsPart {
  /** Begins what is due, and ends what is over; returns how many there were. */
  beginDue(): Promise<number>;
  /** Pauses what does harm; returns how many there were. */
  pauseHarmful(): Promise<number>;
}

const lookMs = 1_000;
const harmMs = 15_000;

export function createPlans(doors: CampaignsDoors): Plans {
  const { pg } = doors.platform;
  doors.messaging.gate.registerPrograms({
    kind: 'campaign',
    async namesOf(campaignNos) {
      const { rows } = await pg.query<{ campaignNo: number; name: string }>(`select campaign_no as "campaignNo", definition ->> 'name' as name from campaign where campaign_no = any($1::int[])`, [campaignNos]);
      return new Map(rows.map(({ campaignNo, name }) => [campaignNo, { name, path: `/programs/campaigns/${campaignNo}` }]));
    },
  });
  doors.audiences.registerUses({
    async usesOf(client, audienceId) {
      const { rows } = await client.query<{ name: string }>(
        `select definition ->> 'name' as name from campaign
          where state not in ('done', 'cancelled') and jsonb_path_exists(definition, '$.**.audienceId ? (@ == $no)', jsonb_build_object('no', $1::int)) order by campaign_no limit 20`, [audienceId]);
      return rows.map(({ name }) => name);
    },
  });
  const begin = (): Promise<number> => beginDue(doors);
  const pause = (): Promise<number> => pauseHarmful(doors);
  const background = [createBackground('campaigns that are due', begin, lookMs, doors.platform.log), createBackground('campaigns that do harm', pause, harmMs, doors.platform.log)];
  return {
    routes: planRoutes(doors), beginDue: begin, pauseHarmful: pause,
    start: () => background.forEach((each) => each.start()),
    stop: async () => void (await Promise.all(background.map((each) => each.stop()))),
  };
}
