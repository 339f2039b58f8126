import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCustomers } from '../../../../test/audience-people.ts';
import { beginCampaign } from '../../../../test/begun-campaign.ts';
import { createTestServer } from '../../../../test/harness.ts';
import { askOf, createMessagingServer, type MessagingServer } from '../../../../test/messaging-server.ts';
import { mergeCustomers } from '../../../../test/order-lines.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { askQuestion, readChoices, readDefinitions, readPeople } from '../../insights/contract.ts';
import { type FactKind, messageFact } from '../sending/facts/message-facts.ts';

/** Something that was told of a message, as the test knows it. */
interface Told { kind: FactKind; program: string; channel: 'email' | 'sms'; customerNo: number; at: string; link?: number; machine?: boolean }

const people = 80;
const absorbed = people;
const period = { from: '2026-06-01', to: '2026-06-17' };
/** Days of the brand begin at sixteen o'clock of the day before. */
const dayOf = ({ at }: Told): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
const isIn = (told: Told): boolean => dayOf(told) >= period.from && dayOf(told) <= period.to;
const short = (name: string): string => name.slice('messaging.'.length);
const counts = ['sent', 'reached', 'delivered', 'opened', 'clickers', 'clicks', 'bounced', 'complained', 'unsubscribed', 'replied'] as const;

/** The figures counted a second way, from what was told. */
function counted(told: readonly Told[]): Record<(typeof counts)[number], number> {
  const of = (kind: FactKind): Told[] => told.filter((each) => each.kind === kind && !each.machine);
  const peopleOf = (kind: FactKind): number => new Set(of(kind).map(({ customerNo }) => (customerNo === absorbed ? 1 : customerNo))).size;
  return {
    sent: of('sent').length, reached: peopleOf('sent'), delivered: of('delivered').length, opened: of('opened').length, clickers: peopleOf('clicked'), clicks: of('clicked').length,
    bounced: of('bounced').length, complained: of('complained').length, unsubscribed: of('unsubscribed').length, replied: of('replied').length,
  };
}

describe('reports of messages', () => {
  let shop: MessagingServer;
  let ask: MessagingServer['ask'];
  let close: () => Promise<void>;
  let told: Told[] = [];
  let campaigns: number[] = [];

  /** Three runs of two campaigns and a test, each over part of the people, and what became of it by chance. */
  function draw(): { told: Told[]; events: ReturnType<typeof messageFact>[] } {
    const random = seededRandom(11);
    const runs = ([['campaign', campaigns[0], 'sms'], ['campaign', campaigns[0], 'email'], ['campaign', campaigns[1], 'email'], ['test', 9, 'sms']] as const)
      .map(([programKind, programNo, channel], n) => ({ runNo: n + 1, programKind, programNo, step: 'first', channel, category: 'spring', arms: [{ key: 'a', isControl: false, templateNo: 3, templateVersion: 1 }] }));
    const all = runs.flatMap((run) => Array.from({ length: people }, (_, i): Told[] => {
      const at = (later: number): string => new Date(Date.parse('2026-05-27T00:00:00Z') + run.runNo * 4 * 86_400_000 + later * 86_400_000).toISOString();
      const of = { program: `${run.programKind} ${run.programNo}`, channel: run.channel, customerNo: i + 1 };
      const sentAt = random() * 2;
      const chance = (share: number, kind: FactKind, more: Partial<Told> = {}): Told[] => (random() < share ? [{ ...of, kind, at: at(sentAt + random() * 3), ...more }] : []);
      return random() < 0.2 ? [] : [
        { ...of, kind: 'sent', at: at(sentAt) }, ...chance(0.9, 'delivered'), ...chance(0.3, 'opened'), ...chance(0.4, 'opened', { machine: true }), ...chance(0.3, 'clicked', { link: 0 }), ...chance(0.2, 'clicked', { link: 1 }),
        ...chance(0.1, 'bounced'), ...chance(0.05, 'complained'), ...chance(0.08, 'unsubscribed'), ...chance(0.06, 'replied'),
      ];
    }).flat().map((each) => ({ run, each })));
    return {
      told: all.filter(({ run }) => run.programKind !== 'test').map(({ each }) => each),
      events: all.map(({ run, each: { kind, customerNo, at, link, machine } }) =>
        messageFact(run, { kind, message: { runNo: run.runNo, customerNo, occasion: '' }, arm: 0, at: new Date(at), about: { ...(link === undefined ? {} : { link }), ...(machine ? { machine } : {}) } })),
    };
  }

  beforeAll(async () => {
    shop = await createMessagingServer('insights.read');
    const { platform, collect } = shop;
    await platform.pg.query("insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, $1) n", [people]);
    await insertCustomers(platform.clickhouse, Array.from({ length: people }, (_, i) => ({ customerNo: i + 1 })));
    const begun = new Date('2026-05-28T02:00:00Z');
    campaigns = [(await beginCampaign(shop, begun, 10, { name: '春茶上新' })).campaignNo, (await beginCampaign(shop, begun, 10, { name: 'Dragon Boat 端午' })).campaignNo];
    const drawn = draw();
    ({ told } = drawn);
    // A tracker may call its events as it likes.
    const stranger = { ...drawn.events[0], eventId: 'ab'.repeat(16), source: 'shop' };
    await inTransaction(platform.pg, (client) => collect.tell(client, [...drawn.events, stranger]));
    await collect.facts.start();
    await collect.told.drain();
    await collect.facts.stop();
    await mergeCustomers(platform.clickhouse, [{ absorbed, survivor: 1 }]);
    const server = await createTestServer(platform, [...shop.insights.routes, ...shop.audiences.routes]);
    ask = askOf(server, 'insights.read');
    close = () => server.close();
  });
  afterAll(async () => {
    await close();
    await shop.close();
  });

  const answer = async (metrics: readonly string[], dimensions: string[] = [], more: object = {}) => {
    const { status, body, text } = await ask(askQuestion, { body: { question: { metrics: metrics.map((name) => `messaging.${name}`), dimensions, period, ...more } } });
    expect(status, text).toBe(200);
    return body;
  };
  const figuresOf = (figures: Record<string, unknown>): object => Object.fromEntries(Object.entries(figures).map(([name, value]) => [short(name), value]));

  it('count what was sent and what became of it: messages each, people once, neither tests nor programs that fetch pictures', async () => {
    const expected = counted(told.filter(isIn));
    expect(Object.values(expected).every((n) => n > 0) && told.some((each) => !isIn(each)) && expected.clicks > expected.clickers).toBe(true);
    expect(figuresOf((await answer(counts)).totals)).toEqual(expected);
  });

  it.each([['day', dayOf], ['week', (each: Told) => mondayOf(dayOf(each))], ['month', (each: Told) => `${dayOf(each).slice(0, 7)}-01`], ['messaging.channel', (each: Told) => each.channel], ['messaging.program', (each: Told) => each.program]] as const)(
    'tell them apart by %s', async (dimension, keyOf) => {
      const { rows } = await answer(counts, [dimension]);
      const expected = [...Map.groupBy(told.filter(isIn), keyOf)].map(([key, some]) => [key, counted(some)]);
      expect(expected.length).toBeGreaterThan(dimension === 'month' ? 0 : 1);
      expect(Object.fromEntries(rows.filter(({ figures }) => Object.values(figures).some((n) => n !== 0)).map(({ keys, figures }) => [keys[0], figuresOf(figures)]))).toEqual(Object.fromEntries(expected));
    });

  it('are shares of what was sent, and of people reached', async () => {
    const { sent, reached, delivered, opened, clickers, bounced, complained, unsubscribed } = counted(told.filter((each) => isIn(each) && each.channel === 'sms'));
    const shares = { deliveryRate: delivered / sent, openRate: opened / sent, clickRate: clickers / reached, bounceRate: bounced / sent, complaintRate: complained / sent, unsubscribeRate: unsubscribed / sent, messagesPerPerson: sent / reached };
    const { totals } = await answer(Object.keys(shares), [], { filters: [{ dimension: 'messaging.channel', test: 'in', values: ['sms'] }] });
    for (const [name, share] of Object.entries(shares)) expect(Number(totals[`messaging.${name}`]), name).toBeCloseTo(share, 3);
    // Of nothing there is no share.
    expect((await answer(['deliveryRate'], [], { period: { from: '2025-01-01', to: '2025-01-31' } })).totals).toEqual({ 'messaging.deliveryRate': null });
  });

  it('call campaigns and channels by their names, by which values are also found', async () => {
    const { rows } = await answer(['sent'], ['messaging.program', 'messaging.channel']);
    expect(rows.map(({ labels }) => labels.join(' / ')).sort()).toEqual(['Dragon Boat 端午 / Email', '春茶上新 / Email', '春茶上新 / SMS']);
    const found = async (q: string) => (await ask(readChoices, { query: { dimension: 'messaging.program', q } })).body.choices.map(({ value }) => value);
    expect([await found('端午'), await found('dragon'), await found("' or 1=1 --"), (await found('')).sort()]).toEqual([[`campaign ${campaigns[1]}`], [`campaign ${campaigns[1]}`], [], campaigns.map((no) => `campaign ${no}`)]);
  });

  it('open to the people behind a number', async () => {
    const question = { metrics: ['messaging.clickRate'], period };
    const cell = { kind: 'cell' as const, question, metric: 'messaging.clickRate', at: [{ dimension: 'messaging.program', key: `campaign ${campaigns[1]}` }] };
    const { body, text } = await ask(readPeople, { body: { of: cell } });
    expect(body.size, text).toBe(counted(told.filter((each) => isIn(each) && each.program === `campaign ${campaigns[1]}`)).clickers);
  });

  it.each(['zh-CN', 'zh-TW', 'en'])('say in %s what they mean, and go with days and with what is known of people', async (locale) => {
    const { metrics, dimensions } = (await ask(readDefinitions, {}, { locale })).body;
    const own = metrics.filter(({ name }) => name.startsWith('messaging.'));
    expect(own.length).toBeGreaterThanOrEqual(counts.length);
    for (const { name, label, definition, subject, unit, dimensions: with_ } of own) {
      expect([label, definition].filter((words) => words.startsWith('metric.') || words.length < 2), name).toEqual([]);
      expect([subject, unit === 'percent'], name).toEqual(['campaigns', name.endsWith('Rate')]);
      expect(with_, name).toEqual(expect.arrayContaining(['day', 'week', 'month', 'gender', 'messaging.channel', 'messaging.program']));
    }
    expect(dimensions.find(({ name }) => name === 'messaging.channel')!.values!.every(({ value, label }) => label !== value)).toBe(true);
  });
});

function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  return new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
}
