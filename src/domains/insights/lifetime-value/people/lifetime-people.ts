import { decodeGroupBitmap } from '../../../../kernel/bitmap/group-bitmap.ts';
import { daysBetween } from '../../../../kernel/day.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Audiences } from '../../../audiences/public.ts';
import type { LifetimeResult } from '../../contract/lifetime-value.ts';
import type { PeopleSource } from '../../people/people.ts';
import { ruleOf, sentenceOf } from './said.ts';

interface Doors {
  reader: ClickHouse;
  say: Say;
  audiences: Pick<Audiences, 'peopleOf'>;
  current(): Promise<{ modelId: number; result: LifetimeResult } | null>;
}

const restingSql = `select groupBitmapState(customer_no) from lifetime_value
  where model_id = {modelId:UInt32} and last_day >= toDate({from:UInt16}) and last_day <= toDate({to:UInt16})`;

/** Whom a number of lifetime value stands for. */
export function lifetimePeople({ reader, say, audiences, current }: Doors): PeopleSource<'lifetime_value'> {
  return {
    kind: 'lifetime_value',
    async find(of) {
      const found = await current();
      if (!found) throw new Problem('insights.lifetime_none', { status: 409 });
      const people = await audiences.peopleOf(ruleOf(of));
      if (!of.rest) return people;
      const until = daysBetween('1970-01-01', found.result.until);
      const bounds = { modelId: found.modelId, from: of.rest.to === null ? 0 : Math.max(0, until - of.rest.to), to: Math.max(0, until - of.rest.from) };
      const chunks = await Array.fromAsync(reader.bytes(restingSql, 'RowBinary', bounds));
      return people.and(decodeGroupBitmap(Buffer.concat(chunks)));
    },
    sentence: (of, locale) => Promise.resolve(sentenceOf(say, of, locale)),
    ruleOf: (of) => (of.rest ? null : ruleOf(of)),
  };
}
