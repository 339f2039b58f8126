import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import { createSay } from '../../../platform/i18n.ts';
import { workbookType } from '../../../platform/workbook/workbook.ts';
import { exportAnswer, question, type QuestionAsked, setTargets } from '../contract.ts';
import { createAnswers } from '../question/answers.ts';
import { createQuestions } from '../question/replies.ts';
import { ownRegistry } from '../registry/own.ts';
import { createReportTables } from './report-table.ts';

const march = { from: '2026-03-01', to: '2026-03-31' };

describe('a report as a table', () => {
  let shop: InsightsServer;
  let table: (given: Partial<QuestionAsked>, locale?: 'zh-CN' | 'en') => ReturnType<ReturnType<typeof createReportTables>>;
  beforeAll(async () => {
    shop = await createInsightsServer();
    await insertLines(shop.platform.clickhouse, [
      { order: 'A', customerNo: 1, amount: 100, channel: '=1+1', at: '2026-03-05T04:00:00.000Z' },
      { order: 'B', customerNo: 2, amount: 50, channel: '', at: '2026-03-20T04:00:00.000Z' },
      { order: 'C', customerNo: 2, amount: 40, channel: '', at: '2026-02-20T04:00:00.000Z' },
    ]);
    await shop.changed();
    const say = createSay();
    const registry = ownRegistry(shop.commerce.products, say);
    const tables = createReportTables(createQuestions(shop.platform, registry, createAnswers(shop.platform, registry, async () => 1), say), say);
    table = (given, locale = 'en') => tables({ question: question.parse({ metrics: ['sales', 'buyers'], dimensions: ['channel'], period: march, ...given }) }, locale);
  });
  afterAll(() => shop.close());

  it('has a column a dimension and metric, in the language of the reader, with units', async () => {
    const { columns, rows, totals, total, provenance } = await table({});
    expect(columns).toMatchObject([{ key: 'channel', label: 'Channel', unit: null }, { key: 'sales', label: 'Sales', unit: 'money' }, { key: 'buyers', label: 'Buyers', unit: 'count' }]);
    expect(columns.map(({ definition }) => definition)).not.toContain('');
    expect(rows).toEqual([['=1+1', '100', 1], ['Not given', '50', 1]]);
    expect(totals).toEqual(['Total', '150', 2]);
    expect({ total, ...provenance }).toMatchObject({ total: 2, period: march, currency: 'CNY' });
    expect((await table({}, 'zh-CN')).columns.map(({ label }) => label)).toEqual(['渠道', '销售额', '购买用户']);
  });

  it('has what each metric is compared with beside it, and the change', async () => {
    const { columns, rows, totals } = await table({ metrics: ['sales'], compare: 'before' });
    expect(columns.map(({ key, unit }) => [key, unit])).toEqual([['channel', null], ['sales', 'money'], ['sales.against', 'money'], ['sales.change', 'percent']]);
    expect(rows).toEqual([['=1+1', '100', '0', null], ['Not given', '50', '40', 0.25]]);
    expect(totals).toEqual(['Total', '150', '40', 2.75]);
  });

  it('says against a target how much of it is reached', async () => {
    await shop.ask(setTargets, { body: { metric: 'sales', months: [{ month: '2026-03-01', target: '200' }] } });
    const { columns, totals } = await table({ metrics: ['sales'], dimensions: [], compare: 'target' });
    expect(columns.map(({ label }) => label)).toEqual(['Sales', 'Sales (target)', 'Sales, reached']);
    expect(totals).toEqual(['150', '200', 0.75]);
  });

  it('is taken out as a file that computes nothing, with its totals, and the audit log says so', async () => {
    const asked = JSON.stringify({ metrics: ['sales'], dimensions: ['channel'], period: march });
    const reply = await shop.ask(exportAnswer, { query: { question: asked } }, { locale: 'zh-CN' });
    expect(reply.text).toBe("\uFEFF渠道,销售额\r\n'=1+1,100\r\n未填写,50\r\n合计,150\r\n");
    const { rows } = await shop.platform.pg.query("select details from audit_log where action = 'insights.export' and subject = 'question'");
    expect(rows).toMatchObject([{ details: { rows: 2, ...march } }]);
  });

  it('is taken out as a workbook: numbers in their formats, and a sheet that says what they are', async () => {
    const asked = { metrics: ['sales', 'buyers'], period: march };
    const file = async (more: object): Promise<Awaited<ReturnType<typeof readExcel>>> => {
      const query = new URLSearchParams({ question: JSON.stringify({ ...asked, ...more }), format: 'xlsx' });
      const reply = await shop.server.inject({ url: `/api/insights/question-export?${query}`, headers: { 'x-test-permissions': 'insights.export', 'accept-language': 'en' } });
      expect(reply.headers).toMatchObject({ 'content-type': workbookType, 'content-disposition': 'attachment; filename="report-2026-03-01-2026-03-31.xlsx"' });
      return readExcel(reply.rawPayload);
    };
    const [table, meanings] = await file({ dimensions: ['channel'] });
    expect(table).toEqual({ sheet: 'Report', data: [['Channel', 'Sales', 'Buyers'], ['Total', 150, 2], ['=1+1', 100, 1], ['Not given', 50, 1]] });
    expect(meanings.data.map(([term]) => term)).toEqual(['Item', 'Period', 'Computed', 'Data version', 'Currency', 'Channel', 'Sales', 'Buyers']);
    expect((await file({}))[0].data).toEqual([[null, 'Sales', 'Buyers'], ['Total', 150, 2]]);
    expect((await file({ dimensions: ['day'] }))[0].data[2][0]).toEqual(new Date('2026-03-01T00:00:00Z'));
    const { rows } = await shop.platform.pg.query("select details from audit_log where action = 'insights.export' and details->>'format' = 'xlsx'");
    expect(rows).toHaveLength(3);
  });

  it.each(['not json', '{}', '{"metrics":["profit"],"period":{"relative":"last7"}}', '[]'])('is refused for a question like %s', async (asked) => {
    expect((await shop.ask(exportAnswer, { query: { question: asked } })).status).toBe(400);
  });

  it('is taken out by those alone who may', async () => {
    expect((await shop.ask(exportAnswer, { query: { question: '{}' } }, { permissions: 'insights.read' })).status).toBe(403);
  });
});
