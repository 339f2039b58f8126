import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import {
  type CampaignDefinition,
  campaignDefinition,
} from '../src/domains/campaigns/contract.ts';
import { armsOf } from '../src/domains/campaigns/plans/rules/shares.ts';
import { keepSegments } from '../src/domains/campaigns/results/segments/kept.ts';
import { segmentsOf } from '../src/domains/campaigns/results/segments/segments-of.ts';
import type { MessagingServer } from './messaging-server.ts';

export interface BegunCampaign {
  campaignNo: number;
  experimentNo: number;
  definition: CampaignDefinition;
  /** The control group first, where there is one. */
  arms: Bitmap[];
}

/** A campaign as it stands after it has begun, with everybody up to a number in it: what it sent is not told. */
export async function beginCampaign(
  { platform, messaging }: Pick<MessagingServer, 'platform' | 'messaging'>,
  begun: Date,
  people: number,
  given: object = {},
  state = 'done',
): Promise<BegunCampaign> {
  const definition = campaignDefinition.parse({
    name: 'campaign',
    audience: { kind: 'group', match: 'all', parts: [] },
    channel: 'email',
    arms: [{ key: 'a', weight: 1, templateNo: 1, templateVersion: 1 }],
    holdout: { share: 2_000 },
    schedule: { when: 'once', at: null },
    measureDays: 28,
    ...given,
  });
  const everybody = Bitmap.range(1, people + 1);
  const segments = await segmentsOf(platform, everybody, begun);
  return inTransaction(platform.pg, async (client) => {
    const {
      rows: [{ campaignNo }],
    } = await client.query<{ campaignNo: number }>(
      `insert into campaign (sender_key, definition, state, edited_actor, edited_by, edited_at, began_at, last_at) values (gen_random_uuid(), $1, $2, 'staff 1', 'a', $3, $3, $3) returning campaign_no as "campaignNo"`,
      [definition, state, begun],
    );
    const experimentNo = await messaging.experiments.ensure(
      client,
      `campaign ${campaignNo}`,
      armsOf(definition),
    );
    // Groups that are drawn alike in every run: nineteen times in twenty is not always.
    await client.query('update experiment set salt = $2 where experiment_no = $1', [experimentNo, `salt of ${experimentNo}`]);
    const arms = await messaging.experiments.assign(
      client,
      experimentNo,
      everybody,
    );
    await client.query(
      'update campaign set experiment_no = $2 where campaign_no = $1',
      [campaignNo, experimentNo],
    );
    await keepSegments(client, campaignNo, segments);
    return { campaignNo, experimentNo, definition, arms };
  });
}
