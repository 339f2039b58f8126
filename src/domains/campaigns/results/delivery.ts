import { z } from 'zod';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import { momentText } from '../../commerce/public.ts';
import type { CampaignResult } from '../contract/results.ts';
import type { CampaignsDoors } from '../part.ts';
import { runsOf } from '../plans/run/runs.ts';
import type { CampaignRow } from '../plans/store.ts';

/** What the facts of messages are called, by what they are shown as. */
const factNames = {
  handed: 'Message Sent', delivered: 'Message Delivered', opened: 'Message Opened', clicked: 'Message Clicked', unsubscribed: 'Message Unsubscribed', bounced: 'Message Bounced', complained: 'Message Complained',
} as const;

const people = question({
  name: 'what became of the messages of a program',
  sql: `select name, toString(getSubcolumn(properties, 'machine')) = 'true' as machine, toUInt32(uniqExact(${canonicalNo()})) as people, toUInt32(count()) as facts from event
    where name in {names:Array(String)} and occurred_at >= {from:DateTime64(3, 'UTC')} and customer_no > 0 and toString(getSubcolumn(properties, 'program')) = {program:String}
    group by name, machine`,
  params: z.object({ names: z.array(z.string()), from: z.string(), program: z.string() }),
  row: z.object({ name: z.string(), machine: z.number(), people: z.number(), facts: z.number() }),
  limits: { timeoutMs: 20_000 },
});

/** What became of its messages, in people, and what they cost: as providers and the prices of accounts tell, and by the price of the plan where they do not. */
export async function readDelivery({ platform: { reader, pg: pool }, messaging }: Pick<CampaignsDoors, 'platform' | 'messaging'>, { campaignNo, definition, beganAt }: CampaignRow): Promise<CampaignResult['delivery']> {
  const found = await ask(reader, people, { names: Object.values(factNames), from: momentText(beganAt ?? new Date(0)), program: `campaign ${campaignNo}` });
  const of = (name: string, machine = 0) => found.find((each) => each.name === name && each.machine === machine);
  const { handed, ...others } = factNames;
  const counted = Object.fromEntries(Object.entries(others).map(([key, name]) => [key, of(name)?.people ?? 0])) as Record<keyof typeof others, number>;
  const runs = [...(await messaging.sending.progress(await runsOf(pool, campaignNo))).values()];
  const tells = await messaging.channels.tells(definition.channel);
  const price = parseDecimal(definition.costPerMessage) ?? 0n;
  const priced = runs.reduce((sum, run) => sum + run.priced, 0);
  // Each message costs, and people each count once: a recurring campaign sends some of them several.
  const messages = of(handed)?.facts ?? 0;
  const cost = runs.reduce((sum, run) => sum + (parseDecimal(run.cost) ?? 0n), BigInt(Math.max(0, messages - priced)) * price);
  return {
    handed: of(handed)?.people ?? 0, ...counted, openedByMachine: of(factNames.opened, 1)?.people ?? 0, untold: (['delivered', 'opened'] as const).filter((kind) => !tells[kind] && counted[kind] === 0),
    cost: formatDecimal(cost), planned: formatDecimal(BigInt(messages) * price), messages, priced: Math.min(priced, messages),
  };
}
