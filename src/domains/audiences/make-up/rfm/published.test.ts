import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { type Measured, readCuts, scoresSql } from './read-scores.ts';

const path = join(import.meta.dirname, '..', '..', '..', '..', '..', '..', 'shared', 'data', 'online_retail', 'online_retail.csv.gz');
const present = existsSync(path);
if (!present) console.warn(`SKIPPED: published scores of Online Retail are not reproduced, for there is no ${path}`);

interface Line {
  customerNo: number;
  at: string;
  amount: string;
}

/** The file as it was cleaned for the published table: lines of a customer, each once, with a quantity and a price above zero. */
function readCleaned(): Line[] {
  const rows = new Set(gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n').slice(1));
  const lines: Line[] = [];
  for (const row of rows) {
    const [, , , quantity, at, price, customer] = [...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|\r?$)/g)].map((match) => match[1]);
    if (customer && Number(quantity) > 0 && Number(price) > 0) lines.push({ customerNo: Number(customer), at, amount: ((Number(quantity) * Math.round(Number(price) * 1_000)) / 1_000).toFixed(3) });
  }
  return lines;
}

describe.skipIf(!present)('quartiles of Online Retail', () => {
  let test: TestPlatform;
  const lines = present ? readCleaned() : [];
  // Whole days before the moment of the published table; each line a purchase.
  const measured: Measured = {
    relation: `(select customer_no as no, toInt32(intDiv(dateDiff('second', max(occurred_at), parseDateTimeBestEffort({moment:String}, 'UTC')), 86400)) as r,
        toInt32(count()) as f, reinterpretAsInt64(toDecimal64(sum(amount), 4)) as m
      from order_line group by customer_no)`,
    params: { moment: '2011-12-10 12:50:00' },
  };
  beforeAll(async () => {
    test = await createTestPlatform();
    await test.platform.clickhouse.insertRows('order_line', lines.map(({ customerNo, at, amount }, i) => ({ fact_id: i, batch_no: 1, import_id: 0, customer_no: customerNo, occurred_at: at, kind: 'sale', order_key: i, amount })));
  }, 60_000);
  afterAll(() => test.close());

  it('are those that were published: so many customers of each sum of scores', async () => {
    expect(lines).toHaveLength(392_692);
    const cuts = await readCuts(test.platform.reader, measured, 4);
    if (!cuts) throw new Error('nobody was found');
    const { recency, frequency, value } = scoresSql(cuts);
    const sums = await test.platform.reader.rows(`select ${recency} + ${frequency} + ${value} as score, toUInt32(count()) as customers from ${measured.relation} group by score order by score`, measured.params);
    expect(sums.map((row) => (row as { customers: number }).customers)).toEqual([381, 388, 518, 457, 463, 454, 414, 426, 387, 450]);
    const two = await test.platform.reader.rows(`select no, r, f, m, arrayMap(score -> toUInt8(score), [${recency}, ${frequency}, ${value}]) as scores from ${measured.relation} where no in (12346, 12347) order by no`, measured.params);
    expect(two).toMatchObject([{ no: 12_346, r: 326, f: 1, m: '771836000', scores: [1, 1, 4] }, { no: 12_347, r: 2, f: 182, m: '43100000', scores: [4, 4, 4] }]);
  });
});
