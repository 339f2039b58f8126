import { z } from 'zod';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import type { Platform } from '../../../platform/platform.ts';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import { momentText } from '../../commerce/public.ts';
import type { CampaignResult } from '../contract/results.ts';
import type { CampaignRow } from '../plans/store.ts';

/** What the facts of messages are called, by what they are shown as. */
const factNames = {
  handed: 'Message Sent', delivered: 'Message Delivered', opened: 'Message Opened', clicked: 'Message Clicked', unsubscribed: 'Message Unsubscribed', bounced: 'Message Bounced', complained: 'Message Complained',
} as const;

const people = question({
  name: 'what became of the messages of a program',
  sql: `select name, toUInt32(uniqExact(${canonicalNo()})) as people, toUInt32(count()) as facts from event
    where name in {names:Array(String)} and occurred_at >= {from:DateTime64(3, 'UTC')} and customer_no > 0 and toString(getSubcolumn(properties, 'program')) = {program:String}
    group by name`,
  params: z.object({ names: z.array(z.string()), from: z.string(), program: z.string() }),
  row: z.object({ name: z.string(), people: z.number(), facts: z.number() }),
  limits: { timeoutMs: 20_000 },
});

/** What became of its messages, in people, and what they cost by the price of the plan. */
export async function readDelivery({ reader }: Pick<Platform, 'reader'>, { campaignNo, definition, beganAt }: CampaignRow): Promise<CampaignResult['delivery']> {
  const found = await ask(reader, people, { names: Object.values(factNames), from: momentText(beganAt ?? new Date(0)), program: `campaign ${campaignNo}` });
  const of = (name: string) => found.find((each) => each.name === name);
  const { handed, ...others } = factNames;
  const counted = Object.fromEntries(Object.entries(others).map(([key, name]) => [key, of(name)?.people ?? 0])) as Record<keyof typeof others, number>;
  // Each message costs, and people each count once: a recurring campaign sends some of them several.
  return { handed: of(handed)?.people ?? 0, ...counted, cost: formatDecimal(BigInt(of(handed)?.facts ?? 0) * (parseDecimal(definition.costPerMessage) ?? 0n)) };
}
