import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMembership, type Membership } from '../src/domains/membership/public.ts';
import { checkTemplate, listReadyTemplates, listTemplates, previewTemplate } from '../src/domains/messaging/contract.ts';
import { locales } from '../src/kernel/locale.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import { createMessagingServer, type MessagingServer } from './messaging-server.ts';
import { publishSample, sampleProgramme } from './sample-programme.ts';
import { plainContent, plainLinks, templatesOf } from './templates-of.ts';

let at: MessagingServer;
let membership: Membership;
const everything = 'messaging.read messaging.templates messaging.approve';
beforeAll(async () => {
  at = await createMessagingServer(everything);
  at.setTime('2026-06-18T04:00:00Z');
  membership = createMembership(at.platform, at);
  membership.messageFields.forEach(at.messaging.templates.registerField);
  const { pg } = at.platform;
  await publishSample(pg, sampleProgramme(), '2026-01-01T00:00:00Z');
  await pg.query("insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, 5) n");
});
afterAll(async () => {
  await membership.stop();
  await at.close();
});

describe('what messages show of members', () => {
  it('is their tier in their language, and points over all their numbers, those that end soon apart', async () => {
    const { pg } = at.platform;
    await pg.query(`insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
      values (1, '2026-01-02', 'x', 'gold', '2026-01-02', '2026-01-02', 1)`);
    const lot = (no: number, customerNo: number, remaining: number, from: string, until: string | null) =>
      pg.query(
        `insert into points_lot (lot_no, customer_no, amount, remaining, earned_at, available_at, expires_at)
          overriding system value values ($1, $2, $3, $3, '2026-01-02', $4, $5)`,
        [no, customerNo, remaining, from, until],
      );
    await pg.query('insert into points_account (customer_no) values (1), (2)');
    await lot(9_001, 1, 100, '2026-01-02', null);
    await lot(9_002, 1, 30, '2026-01-02', '2026-07-01');
    await lot(9_003, 2, 12, '2026-01-02', '2026-06-25');
    await lot(9_004, 1, 500, '2026-07-02', null);
    await lot(9_005, 1, 700, '2026-01-02', '2026-06-17');
    await pg.query('update customer set status = 1, merged_into = 1, merged_at = now() where customer_no = 2');
    const of = templatesOf(at);
    const templateNo = await of.approved(
      plainContent(
        '{{ member.tier | default: "非会员" }} {{ member.points }} {{ member.points_expiring }} {{ member.points_expire_on | date }}',
        '{{ member.tier }} {{ member.points }}',
      ),
    );
    const open = await at.messaging.templates.open(templateNo, 1);
    const said = async (no: number, locale?: 'en'): Promise<string> =>
      open.render((await open.read(pg, [no], { locale })).get(no)!, plainLinks).text;
    expect(await said(1)).toMatch(/^\S+ 142 42 2026年6月25日$/);
    expect(await said(1, 'en')).toMatch(/142$/);
    expect(await said(3)).toBe('非会员 0 0');
  });
});

describe('ready templates', () => {
  it('have nothing wrong with them, in any language, and are made for an example', async () => {
    const { body } = await at.ask(listReadyTemplates, {}, { locale: 'zh-CN' });
    expect(body.templates.map(({ channel }) => channel)).toEqual([
      'email', 'email', 'email', 'email', 'email', 'email', 'sms', 'sms',
    ]);
    for (const { name, channel, purpose, content } of body.templates) {
      expect(Object.keys(content.locales), name).toEqual([...locales]);
      const checked = (await at.ask(checkTemplate, { body: { channel, purpose, content } })).body;
      // Whether an example's host is there depends on the network.
      const said = checked.findings.filter(({ text }) => !text.includes('shop.example.com'));
      expect(said, name).toEqual([]);
      const { previews } = (await at.ask(previewTemplate, { body: { channel, purpose, content, as: { who: 'example' } } })).body;
      expect(previews).toHaveLength(3);
      for (const { message, problem } of previews) {
        expect(problem).toBeNull();
        expect(JSON.stringify(message), name).not.toMatch(/\[\[|\]\]|\{\{|\{%|ready\./);
      }
      if (channel === 'sms') expect(Object.values(checked.sizes).every(({ parts }) => parts <= 2)).toBe(true);
    }
  });

  it('are those of the demonstration brand, approved but for one that waits', async () => {
    await inTransaction(at.platform.pg, (client) =>
      at.messaging.addToDemo(client, { startMs: Date.parse('2025-06-18') } as never),
    );
    const { body } = await at.ask(listTemplates, { query: { show: 'usable', q: '提醒' } });
    expect(body.rows.length).toBeGreaterThan(3);
    expect((await at.ask(listTemplates, { query: { show: 'waiting' } })).body.total).toBe(1);
    expect(await at.messaging.templates.current(body.rows[0].templateNo)).toMatchObject({ versionNo: 1 });
  });
});
