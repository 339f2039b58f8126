import { workbookBytes } from '../src/platform/workbook/workbook.ts';

type Drive = (
  name: string,
  action: string | null,
  payload?: object,
  params?: Record<string, string | number>,
  cookie?: string,
) => Promise<Record<string, unknown>>;

/** A line of the budget from its first wish to its end, and a workbook; see audit-complete.test.ts. */
export async function driveBudget(drive: Drive, second: string): Promise<void> {
  const { planNo } = (await drive('POST /api/plans', 'planning.begin_plan', {
    name: 'Budget',
    startsOn: '2026-01-01',
  })) as { planNo: number };
  const path = '/api/plans/:planNo/budget';
  await drive(`POST ${path}/people`, 'planning.add_people_line', { year: 2026 }, { planNo });
  const line = {
    name: 'SMS',
    purpose: 'messages',
    fromMonth: '2020-01',
    untilMonth: '2099-12',
  };
  const { lineNo, openChangeNo } = (await drive(
    `POST ${path}/lines`,
    'planning.add_budget_lines',
    { ...line, cap: '1000' },
    { planNo },
  )) as { lineNo: number; openChangeNo: number };
  await drive(
    `POST ${path}/decisions`,
    'planning.approve_budget',
    { changeNos: [openChangeNo], isApproved: true },
    { planNo },
    second,
  );
  const of = { planNo, lineNo };
  await drive(
    `PATCH ${path}/lines/:lineNo`,
    'planning.change_budget_line',
    { ...line, channel: 'SMS', version: 2 },
    of,
  );
  await drive(
    `POST ${path}/lines/:lineNo/changes`,
    'planning.ask_budget_change',
    { cap: '900', overCap: 'stop', reason: 'less' },
    of,
  );
  const order = { program: 'campaign:1', amount: '10' };
  await drive(
    `POST ${path}/lines/:lineNo/orders`,
    'planning.order_budget',
    { ...order, key: 'a', kind: 'reserve', reason: 'by telephone' },
    of,
  );
  const invoice = {
    program: 'campaign:1',
    supplier: 'Telecom',
    number: 'A1',
    invoicedOn: '2026-06-01',
    amount: '10',
    currency: 'CNY',
    isLast: true,
  };
  await drive(`POST ${path}/lines/:lineNo/invoices`, 'planning.enter_invoice', invoice, of);
  await drive(`POST ${path}/lines/:lineNo/invoices/:invoiceNo/reversal`, 'planning.take_back_invoice', { reason: 'one zero too many' }, { ...of, invoiceNo: 1 });
  await drive(`POST ${path}/lines/:lineNo/invoices`, 'planning.enter_invoice', invoice, of);
  await drive(
    `POST ${path}/lines/:lineNo/closing`,
    'planning.close_budget_line',
    { reason: 'not used' },
    of,
  );
  const titles = ['Name', 'Purpose', 'From', 'Until', 'Cap'];
  const bytes = await workbookBytes(
    [
      {
        title: 'Budget',
        columns: titles.map((title) => ({ title, format: 'text' as const })),
        rows: [['Gifts', 'Gifts and prizes', '2026-01', '2026-12', '5']],
      },
    ],
    'CNY',
  );
  const workbook = { workbook: bytes.toString('base64') };
  await drive(`POST ${path}/workbook/preview`, null, workbook, { planNo });
  await drive(`POST ${path}/workbook`, 'planning.import_budget', workbook, {
    planNo,
  });
}
