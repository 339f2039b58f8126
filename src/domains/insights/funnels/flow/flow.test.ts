import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../../test/insights-server.ts';
import { insertLines } from '../../../../../test/order-lines.ts';
import { readFlow, readPeople } from '../../contract.ts';

const zero = Date.UTC(2026, 2, 2);
const iso = (minutes: number): string => new Date(zero + minutes * 60_000).toISOString();
const period = { from: '2026-03-02', to: '2026-03-04' };

describe('the shopping flow', () => {
  let shop: InsightsServer;
  beforeAll(async () => {
    shop = await createInsightsServer();
    const { clickhouse } = shop.platform;
    await clickhouse.command(
      "insert into customer (customer_no, version, status, created_at) select number + 1, 1, 'active', '2026-01-01 00:00:00' from numbers(9)",
    );
    await shop.platform.pg.query(
      'insert into customer (customer_no, created_at) select n, now() from generate_series(1, 9) n',
    );
    const events: [no: number, minutes: number, name: string][] = [
      [1, 0, 'Visit'],
      [1, 1, 'View'],
      [1, 2, 'View'],
      [1, 3, 'Add'],
      [2, 0, 'Visit'],
      [2, 10, 'View'],
      [2, 45, 'Visit'],
      [3, 0, 'View'],
      [3, 5, 'Visit'],
      [3, 6, "'; drop table event; --"],
      [0, 5, 'Visit'],
    ];
    await clickhouse.insertRows(
      'event',
      events.map(([no, minutes, name]) => ({
        event_id: randomUUID(),
        batch_no: '1',
        import_id: 0,
        customer_no: no,
        occurred_at: iso(minutes).replace('Z', ''),
        received_at: iso(minutes).replace('Z', ''),
        kind: 'track',
        name,
        properties: {},
        channel: '',
        source: 'test',
      })),
    );
    await insertLines(clickhouse, [
      { customerNo: 1, at: iso(4), order: 'A' },
      { customerNo: 1, at: iso(4), order: 'A' },
    ]);
    await shop.changed();
  });
  afterAll(() => shop.close());

  const read = async (more: object = {}) => {
    const { status, body, text } = await shop.ask(readFlow, {
      body: { ...period, ...more } as never,
    });
    expect(status, text).toBe(200);
    const name = (kind: number): string => body.kinds[kind].name || body.kinds[kind].fact;
    return {
      paths: body.paths,
      links: body.links
        .map(({ depth, from, to, paths }) => `${depth} ${name(from)} > ${name(to)} ${paths}`)
        .toSorted(),
      ends: body.nodes
        .filter(({ ends }) => ends > 0)
        .map(({ depth, kind, ends }) => `${depth} ${name(kind)} ${ends}`)
        .toSorted(),
    };
  };

  it('goes by visits, each kind once on end, and says where they end', async () => {
    expect(await read()).toEqual({
      paths: 4,
      links: [
        '0 View > Visit 1',
        '0 Visit > View 2',
        '1 View > Add 1',
        "1 Visit > '; drop table event; -- 1",
      ].toSorted(),
      ends: ['0 Visit 1', '1 View 1', "2 '; drop table event; -- 1", '2 Add 1'].toSorted(),
    });
  });

  it('goes on for days, begins where it is told to, and takes orders in', async () => {
    expect((await read({ path: { of: 'days', days: 1 } })).links).toContain('1 View > Visit 1');
    expect(await read({ start: 'View', orders: true })).toEqual({
      paths: 3,
      links: [
        '0 View > Add 1',
        '0 View > Visit 1',
        '1 Add > sale 1',
        "1 Visit > '; drop table event; -- 1",
      ].toSorted(),
      ends: ['0 View 1', '2 sale 1', "2 '; drop table event; -- 1"].toSorted(),
    });
    expect((await read({ start: 'no such event' })).paths).toBe(0);
  });

  it.each([
    ['any', [1, 2]],
    ['end', [2]],
    [{ fact: 'event', name: 'Add' }, [1]],
    [{ fact: 'event', name: 'no such' }, []],
  ])('tells whose paths they are: %j', async (then, expected) => {
    const reply = await shop.ask(readPeople, {
      body: {
        of: {
          kind: 'flow_step',
          ...period,
          at: 1,
          step: { fact: 'event', name: 'View' },
          then,
        } as never,
      },
    });
    expect(reply.status, reply.text).toBe(200);
    expect(reply.text).not.toContain('flow.');
    expect(reply.body.people.map(({ customerNo }) => customerNo).toSorted()).toEqual(expected);
  });

  it.each([
    { from: '2026-03-04', to: '2026-03-02' },
    { from: '2020-01-01' },
    { depth: 6 },
    { path: { of: 'days', days: 0 } },
    { start: '' },
  ])('refuses %j', async (more) => {
    const reply = await shop.ask(readFlow, { body: { ...period, ...more } as never });
    expect(reply.status).toBe(400);
    expect(reply.text).not.toContain('problem.');
  });
});
