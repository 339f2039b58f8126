import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers, type TestLine } from '../../../../test/order-lines.ts';
import { train } from '../../../../test/train-model.ts';
import { addDays } from '../../../kernel/day.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { readDecisionTree, readPeople, type TreeResult } from '../contract.ts';
import { featuresOf } from './features.ts';
import { baseRule } from './path-rules.ts';
import { readSample, readTreeValues, type Window } from './read-sample.ts';

const now = new Date('2026-06-30T04:00:00Z');
const today = '2026-06-30';
const dayMs = 86_400_000;
const people = 900;
const hostile = "'; drop table order_line; --";
const goOn = async (): Promise<void> => {};

/** Whoever bought tea buys again within the month; of the others hardly anybody does. */
describe('the purchase decision tree', () => {
  let insights: InsightsServer;
  beforeAll(async () => {
    insights = await createInsightsServer();
    const { platform } = insights;
    platform.clock.now = () => now;
    const random = seededRandom(21);
    const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)];
    const given: Partial<TestLine>[] = [];
    const order = (no: number, daysAgo: number, category: string, name: string): void => {
      const at = new Date(Date.UTC(2026, 5, 29, Math.floor(random() * 15)) - daysAgo * dayMs).toISOString();
      const channel = pick(['天猫', '抖音', '']);
      for (let line = 0; line < 1 + (no % 2); line++) {
        given.push({
          customerNo: no,
          at,
          order: name,
          category,
          channel,
          brand: pick(['常青', hostile]),
          product: `P${Math.floor(random() * 9)}`,
          quantity: 1 + (no % 3),
          amount: 1 + Math.floor(random() * 300),
        });
      }
    };
    for (let no = 1; no <= people; no++) {
      const likesTea = no % 3 === 0;
      for (let i = 0; i < 1 + (no % 4); i++)
        order(
          no,
          31 + Math.floor(random() * 400),
          likesTea && i === 0 ? '茶叶' : pick(['咖啡', '坚果', hostile]),
          `O${no}-${i}`,
        );
      if (random() < (likesTea ? 0.85 : 0.05))
        order(no, Math.floor(random() * 29), likesTea ? '茶叶' : '咖啡', `N${no}`);
      if (no % 10 === 0)
        given.push({ customerNo: no, at: '2026-04-01T04:00:00.000Z', order: `B${no}`, kind: 'refund', amount: 3 });
    }
    given.push({ customerNo: 7, at: '1970-01-01T00:00:00.000Z', order: 'old' }, { customerNo: 0, order: 'nobody' });
    await insertLines(platform.clickhouse, given);
    await platform.clickhouse
      .command(`insert into customer (customer_no, version, status, created_at, channel, gender, birth_date, province)
      select number + 1, 1, if(number + 1 = ${people}, 'merged', 'active'), '2026-01-01 00:00:00', '官网', multiIf(number % 3 = 0, 'female', number % 3 = 1, 'male', ''),
        if(number % 4 = 0, null, toDate32('1970-03-01') + number * 17), if(number % 2 = 0, '浙江', '上海') from numbers(${people})`);
    await platform.clickhouse.command(`insert into event (event_id, customer_no, occurred_at, kind, name, properties)
      select generateUUIDv4(), 1 + number % 200, toDateTime64('2026-06-29 00:00:00', 3, 'UTC') - toIntervalDay(number % 90), 'track', if(number % 4 = 0, 'Cart Viewed', 'Product Viewed'), '{}' from numbers(3000)`);
    await mergeCustomers(platform.clickhouse, [{ absorbed: people, survivor: 7 }]);
    await platform.pg.query(`insert into customer (customer_no, created_at, channel) values (7, now(), '')`);
    await platform.pg.query(
      `insert into customer (customer_no, created_at, channel, merged_into) values (${people}, now(), '', 7)`,
    );
    await insights.changed();
  });
  afterAll(() => insights.close());

  const windows: [string, Window][] = [
    ['a past day', { cutoff: '2026-05-30', until: '2026-06-29', timeZone: 'Asia/Shanghai' }],
    ['today', { cutoff: today, until: today, timeZone: 'Asia/Shanghai' }],
  ];
  const tree = async (): Promise<{ result: TreeResult; sentences: Record<string, string> }> => {
    const { body } = await insights.ask(readDecisionTree);
    return { result: body.result!, sentences: body.sentences };
  };
  const leavesOf = ({ nodes }: TreeResult) => nodes.filter(({ question }) => question === null);

  it.each(windows)(
    'asks of %s what rules ask, of everybody, whatever is asked and whatever the limit',
    async (_, window) => {
      const { platform, audiences } = insights;
      const on = window.cutoff === today ? undefined : window.cutoff;
      const base = await audiences.peopleOf(baseRule(null), on);
      const numbers = base.toArray();
      const features = featuresOf(await readTreeValues(platform.reader, window));
      const columns = await readSample(platform.reader, features, numbers, window, goOn);
      expect(features.length).toBeGreaterThan(30);
      for (const [i, feature] of features.entries()) {
        const known = [...new Set(columns[i])].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
        for (const limit of new Set([known[1], known[Math.floor(known.length / 2)], known.at(-1)])) {
          if (limit === undefined || limit <= 0) continue;
          const asked = Number(limit.toFixed(4));
          const yes = base.and(await audiences.peopleOf(feature.atLeast(asked), on));
          const no = base.and(await audiences.peopleOf(feature.below(asked), on));
          const byColumn = numbers.filter((_no, row) => columns[i][row] >= asked);
          expect([...yes], `${feature.key} at least ${asked}`).toEqual([...byColumn]);
          expect(yes.size + no.size, `${feature.key} below ${asked}`).toBe(base.size);
          expect(yes.and(no).size).toBe(0);
        }
      }
    },
  );

  it('finds what people buy again by, says it in words, and is better than the days since the last order', async () => {
    const run = await train(insights, 'decision_tree');
    expect(run.failure).toBeNull();
    const { result, sentences } = await tree();
    expect(result).toMatchObject({
      cutoff: '2026-05-30',
      until: '2026-06-29',
      classes: ['no', 'yes'],
      people: people - 1,
    });
    expect(result.nodes[0].question?.key).toBe('category:茶叶');
    expect(sentences['0']).toContain('茶叶');
    expect(result.importance[0].key).toBe('category:茶叶');
    const { auc, aucByRecency, aucError, accuracy, accuracyBaseline, explained } = result.quality;
    expect(auc!).toBeGreaterThan(0.85);
    expect(auc! - 2 * aucError!).toBeGreaterThan(aucByRecency!);
    expect(accuracy!).toBeGreaterThan(accuracyBaseline! + 0.1);
    expect(explained).toBeGreaterThan(0.5);
    const [tea] = result.nodes.filter(({ parent, isYes }) => parent === 0 && isYes);
    expect(tea.said[1]).toBeGreaterThan(0.75);
    expect(Math.abs(tea.said[1] - tea.heldOutSaid![1])).toBeLessThan(0.12);
    expect(result.nodes[0].trained + result.nodes[0].heldOut).toBe(people - 1);
  });

  it('parts everybody of today: each leaf is the people of its rule, and of the tree', async () => {
    const { result } = await tree();
    const { platform, audiences } = insights;
    const window = windows[1][1];
    const base = await audiences.peopleOf(baseRule(null));
    expect(leavesOf(result).reduce((sum, leaf) => sum + leaf.people, 0)).toBe(base.size);
    const features = featuresOf(await readTreeValues(platform.reader, window));
    const columns = await readSample(platform.reader, features, base.toArray(), window, goOn);
    const limitOf = (rule: unknown): number => {
      const { compare } = rule as { compare?: { value: string } };
      return compare ? Number(compare.value) : 1;
    };
    const fallen = new Map<number, number>();
    for (let row = 0; row < base.size; row++) {
      let node = result.nodes[0];
      while (node.question) {
        const { key, rule } = node.question;
        const isYes = columns[features.findIndex((feature) => feature.key === key)][row] >= limitOf(rule);
        node = result.nodes.find((each) => each.parent === node.id && each.isYes === isYes)!;
      }
      fallen.set(node.id, (fallen.get(node.id) ?? 0) + 1);
    }
    for (const leaf of leavesOf(result)) {
      expect(leaf.people, `leaf ${leaf.id}`).toBe(fallen.get(leaf.id) ?? 0);
      const { body } = await insights.ask(readPeople, { body: { of: { kind: 'rule', rule: leaf.rule as object } } });
      expect(body.size).toBe(leaf.people);
      expect(body.sentence.length).toBeGreaterThan(5);
    }
    for (const node of result.nodes.filter(({ question }) => question !== null)) {
      const sides = result.nodes.filter(({ parent }) => parent === node.id);
      expect(sides.reduce((sum, side) => sum + side.people, 0)).toBe(node.people);
      expect(sides.reduce((sum, side) => sum + side.trained, 0)).toBe(node.trained);
    }
  });

  it('is the same for the same data', async () => {
    const before = (await tree()).result;
    await train(insights, 'decision_tree');
    expect((await tree()).result).toEqual(before);
  });

  it('tells the category of the next purchase, and how much is spent', async () => {
    expect((await train(insights, 'decision_tree', { target: 'category', depth: 2 })).failure).toBeNull();
    const byCategory = (await tree()).result;
    expect(byCategory.classes.slice(0, 2)).toEqual(['茶叶', '咖啡']);
    expect(byCategory.nodes[0].question?.key).toBe('category:茶叶');
    expect(byCategory.quality.accuracy!).toBeGreaterThan(0.9);
    expect((await train(insights, 'decision_tree', { target: 'spend' })).failure).toBeNull();
    const bySpend = (await tree()).result;
    expect(bySpend.nodes[0].question?.key).toBe('category:茶叶');
    const sides = bySpend.nodes.filter(({ parent }) => parent === 0);
    const mean = (side: (typeof sides)[number]): number => side.said[0];
    expect(mean(sides.find(({ isYes }) => isYes)!)).toBeGreaterThan(5 * mean(sides.find(({ isYes }) => !isYes)!));
    expect(bySpend.quality).toMatchObject({ accuracy: null, auc: null });
    expect(bySpend.quality.explained).toBeGreaterThan(0.15);
  });

  it('is of an audience alone where one is given, and says when there is none', async () => {
    const rule = { kind: 'field', field: 'province', test: { test: 'any_of', values: ['上海'] } };
    const {
      rows: [{ audienceId }],
    } = await insights.platform.pg.query(
      `insert into audience (name, reason, kind, rule, owner, created_at, updated_at, version, version_no, size)
        values ('上海', '', 'live', $1, 'x', now(), now(), 1, 0, 0) returning audience_id as "audienceId"`,
      [JSON.stringify(rule)],
    );
    expect((await train(insights, 'decision_tree', { audienceId })).failure).toBeNull();
    const { result } = await tree();
    expect(result.people).toBe(people / 2 - 1);
    expect(leavesOf(result).reduce((sum, leaf) => sum + leaf.people, 0)).toBe(people / 2 - 1);
    expect((await train(insights, 'decision_tree', { audienceId: 99 })).state).toBe('failed');
  });

  it('is refused where nothing can be learnt, and says why', async () => {
    const { clickhouse } = insights.platform;
    const refused = async (lines: Partial<TestLine>[], target = 'again'): Promise<string | null> => {
      await clickhouse.command('truncate table order_line');
      await insertLines(clickhouse, lines);
      await insights.changed();
      return (await train(insights, 'decision_tree', { target })).failure;
    };
    const all = (at: string, category = '茶叶') =>
      Array.from({ length: 300 }, (_, i): Partial<TestLine> => ({
        customerNo: i + 1,
        at,
        order: `${at}-${i}`,
        category,
      }));
    const [before, after] = ['2026-05-01T04:00:00.000Z', '2026-06-10T04:00:00.000Z'];
    expect(await refused([])).toContain('0 people');
    expect(await refused(['A', 'B', 'C'].map((order) => ({ order, at: before })))).toContain('1 people');
    expect(await refused(all(before).map((line) => ({ ...line, kind: 'refund' as const })))).toContain('0 people');
    expect(await refused(all(before))).toContain('bought again');
    expect(await refused([...all(before), ...all(after)])).toContain('everybody');
    expect(await refused([...all(before), ...all(after)], 'category')).toContain('categories');
    expect(addDays(today, -31)).toBe('2026-05-30');
  });

  it('is shown to who may read, and is nothing before it is computed', async () => {
    expect((await insights.ask(readDecisionTree, {}, { permissions: 'insights.export' })).status).toBe(403);
    await insights.platform.pg.query('delete from insight_model');
    expect((await insights.ask(readDecisionTree)).body).toEqual({ result: null, sentences: {}, currency: 'CNY' });
  });
});
