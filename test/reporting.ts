import type { FastifyInstance } from 'fastify';
import type {
  ShownOccasion,
  ShownSchedule,
} from '../src/domains/insights/contract.ts';
import type { InsightsDoors } from '../src/domains/insights/part.ts';
import { createAnswers } from '../src/domains/insights/question/answers.ts';
import { createQuestions } from '../src/domains/insights/question/replies.ts';
import { ownRegistry } from '../src/domains/insights/registry/own.ts';
import { createReportTables } from '../src/domains/insights/reports/report-table.ts';
import { scheduleRoutes } from '../src/domains/insights/reporting/schedules/routes.ts';
import { sendingRoutes } from '../src/domains/insights/reporting/sending/routes.ts';
import {
  sendDue,
  type SendingDoors,
} from '../src/domains/insights/reporting/sending/send.ts';
import { createCommerce } from '../src/domains/commerce/public.ts';
import { addDays } from '../src/kernel/day.ts';
import { createSay } from '../src/platform/i18n.ts';
import { createMailer } from '../src/platform/mail/mailer.ts';
import { writeMailServer } from '../src/platform/mail/mail-server.ts';
import {
  createTestPlatform,
  createTestServer,
  type TestPlatform,
} from './harness.ts';
import { createMailBox, type MailBox } from './mail-box.ts';
import { insertLines } from './order-lines.ts';

/** Reports that send themselves to a mail server on this machine, at a time that the test sets. */
export interface Reporting {
  test: TestPlatform;
  doors: SendingDoors;
  server: FastifyInstance;
  box: MailBox;
  /** Sets the time and does what a worker does then. */
  workAt(moment: string): Promise<void>;
  /** Sets the time alone. */
  setClock(moment: string): void;
  ask(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    payload?: object,
  ): Promise<{
    status: number;
    body: Record<string, unknown> & { [key: string]: unknown };
  }>;
  /** A report like `daily`, with what is given. */
  make(more?: object): Promise<ShownSchedule>;
  /** What became of a schedule's times, the newest first. */
  history(scheduleId: number): Promise<ShownOccasion[]>;
  /** The states of each time, and of everybody's copy. */
  states(scheduleId: number): Promise<string[][]>;
  /** What the first page of the day says. */
  troubles(): Promise<string[]>;
  /** No schedule, no mail, a server that takes everything, at midnight UTC of the day. */
  beginAnew(): Promise<void>;
  close(): Promise<void>;
}

/** The 9th of March 2026 is a Monday; orders reach from the 1st of January to the day before it. */
export const today = '2026-03-09';

/** 8:30 in Shanghai on that day. */
export const due = '2026-03-09T00:30:00Z';

/** A brand of tea with nine weeks of orders, a mail server, and the routes of reporting. */
export async function createReporting(): Promise<Reporting> {
  const test = await createTestPlatform();
  const box = await createMailBox();
  test.platform.config.outboundAllow.push('127.0.0.1');
  let now = new Date(`${today}T00:00:00Z`);
  const platform = { ...test.platform, clock: { now: () => now } };
  const commerce = createCommerce(platform);
  const say = createSay();
  const registry = ownRegistry(commerce.products, say);
  const answers = createAnswers(platform, registry, async () => 1);
  const doors = {
    platform,
    say,
    commerce,
    answers,
    reportTable: createReportTables(
      createQuestions(platform, registry, answers, say),
      say,
    ),
    mailer: createMailer(platform, { timeoutMs: 1_000 }),
  } as unknown as InsightsDoors & SendingDoors;
  const server = await createTestServer(platform, [
    ...scheduleRoutes(doors),
    ...sendingRoutes(doors, async () => {}),
  ]);
  await writeMailServer(platform.pg, platform.secret, {
    host: '127.0.0.1',
    port: box.port,
    security: 'plain',
    user: '',
    password: null,
    fromAddress: 'report@shop.test',
    fromName: '常青',
    siteAddress: 'https://crm.shop.test',
  });
  await platform.pg.query(
    "insert into staff (email, name) values ('lin@shop.test', '林夏'), ('bo@shop.test', 'Bo')",
  );
  await insertLines(platform.clickhouse, orders());
  await commerce.refreshSummaries('all');
  const ask: Reporting['ask'] = async (method, path, payload) => {
    const reply = await server.inject({
      method,
      url: `/api/insights/reporting${path}`,
      headers: {
        'x-test-permissions': 'insights.schedule',
        'accept-language': 'zh-CN',
      },
      ...(payload ? { payload } : {}),
    });
    return {
      status: reply.statusCode,
      body: reply.body === '' ? {} : reply.json(),
    };
  };
  const history: Reporting['history'] = async (scheduleId) =>
    (await ask('GET', `/schedules/${scheduleId}/occasions`)).body
      .rows as ShownOccasion[];
  return {
    test,
    doors,
    server,
    box,
    ask,
    history,
    async make(more = {}) {
      const { status, body } = await ask('POST', '/schedules', {
        ...daily,
        ...more,
      });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return body as unknown as ShownSchedule;
    },
    states: async (scheduleId) =>
      (await history(scheduleId)).map(({ state, sendings }) => [
        state,
        ...sendings.map((each) => each.state),
      ]),
    troubles: async () =>
      (
        (await ask('GET', '/troubles')).body.troubles as { state: string }[]
      ).map(({ state }) => state),
    async beginAnew() {
      box.received.length = 0;
      box.refused.clear();
      box.react(() => 'take');
      now = new Date(`${today}T00:00:00Z`);
      await platform.pg.query('delete from report_schedule');
      await platform.pg.query('delete from report_group');
    },
    setClock: (moment) => void (now = new Date(moment)),
    async workAt(moment) {
      now = new Date(moment);
      await sendDue(doors);
    },
    async close() {
      await server.close();
      await box.close();
      await test.close();
    },
  };
}

/** Ten orders a day, twenty on the last one; a product's name begins as a formula does. */
function orders() {
  return Array.from({ length: 67 }, (_, at) =>
    addDays('2026-01-01', at),
  ).flatMap((day, at) =>
    Array.from({ length: at === 66 ? 20 : 10 }, (_, n) => ({
      order: `${day}-${n}`,
      customerNo: 1 + ((at * 10 + n) % 90),
      amount: 100 + n,
      at: `${day}T04:00:00.000Z`,
      channel: n % 3 === 0 ? '天猫' : '门店',
      region: n % 2 === 0 ? '浙江' : '广东',
      category: '=1+1',
      product: `P${n % 4}`,
    })),
  );
}

/** A daily report about yesterday, to one account and one address. */
export const daily = {
  name: '经营日报',
  contents: [{ kind: 'overview', dimensions: ['channel', 'category'] }],
  period: 'yesterday',
  compare: 'before',
  rhythm: { every: 'day', at: '08:30' },
  recipients: [
    { kind: 'staff', staffId: 1, locale: 'zh-CN' },
    { kind: 'address', address: 'Partner@agency.test', locale: 'en' },
  ],
};
