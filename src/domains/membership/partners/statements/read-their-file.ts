import { csvRows } from '../../../../kernel/csv-rows.ts';
import { type Day, daySchema } from '../../../../kernel/day.ts';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import { halfWidth } from '../../../../kernel/half-width.ts';
import { Problem } from '../../../../kernel/problem.ts';

/** A line of the partner's statement. */
export interface TheirLine {
  line: number;
  /** A code or one of our references. */
  text: string;
  /** In ten-thousandths. */
  amount: bigint;
  on: Day | null;
}

export type BadLine = 'no_reference' | 'no_amount' | 'bad_date' | 'outside_period';

export interface TheirFile {
  lines: TheirLine[];
  bad: { line: number; why: BadLine }[];
  badCount: number;
}

const mostLines = 100_000;
const toldAtMost = 100;
const longestReference = 100;

/** How columns may be called; what a statement has besides is not looked at. */
const names = {
  reference: /^(reference|ref|code|coupon|coupon code|voucher|voucher code|benefit|凭证号|凭证|参考号|权益编号|编号|券码|兑换码|核销码|卡密|憑證號|憑證|參考號|券碼|兌換碼|核銷碼)$/i,
  amount: /^(amount|price|fee|total|settlement|金额|结算金额|应付金额|价格|金額|結算金額|應付金額|價格)$/i,
  date: /^(date|day|used at|used on|used_at|日期|核销日期|核销时间|使用日期|使用时间|发放日期|核銷日期|核銷時間|使用日期|發放日期)$/i,
};

/** Reads a statement: which column is what is told by their names. What cannot be read is told by its line, and nothing of it said again. */
export function readTheirFile(text: string, { from, to }: { from: Day; to: Day }): TheirFile {
  const rows = csvRows(text);
  const first = rows.next();
  const heading = first.done ? [] : first.value.cells.map((cell) => halfWidth(cell).trim());
  const placeOf = (pattern: RegExp): number => heading.findIndex((cell) => pattern.test(cell));
  const [reference, amount, date] = [placeOf(names.reference), placeOf(names.amount), placeOf(names.date)];
  if (reference < 0 || amount < 0) throw new Problem('membership.partner_statement_columns', { fields: [{ path: 'body.text', code: 'columns' }] });
  const file: TheirFile = { lines: [], bad: [], badCount: 0 };
  for (const { line, cells } of rows) {
    if (file.lines.length + file.badCount >= mostLines) throw new Problem('membership.partner_statement_too_long', { params: { most: mostLines }, fields: [{ path: 'body.text', code: 'too_long' }] });
    const read = readLine(line, cells[reference] ?? '', cells[amount] ?? '', date < 0 ? '' : cells[date] ?? '');
    const why = typeof read === 'string' ? read : read.on !== null && (read.on < from || read.on > to) ? 'outside_period' : null;
    if (why !== null) {
      if (++file.badCount <= toldAtMost) file.bad.push({ line, why });
    } else if (typeof read !== 'string') file.lines.push(read);
  }
  return file;
}

function readLine(line: number, reference: string, amount: string, date: string): TheirLine | BadLine {
  // Spreadsheets are kept from computing by an apostrophe.
  const text = reference.trim().replace(/^'/, '');
  if (text === '' || text.length > longestReference) return 'no_reference';
  const value = parseDecimal(halfWidth(amount).replace(/[¥$€£,\s]|元$|^[A-Z]{3}/g, ''));
  if (value === null) return 'no_amount';
  if (date.trim() === '') return { line, text, amount: value, on: null };
  const on = readDay(halfWidth(date).trim());
  return on === null ? 'bad_date' : { line, text, amount: value, on };
}

/** `2026-06-18`, `2026/6/18`, `20260618`, `2026年6月18日`, with or without a time after it. */
function readDay(text: string): Day | null {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!parts) return null;
  const day = `${parts[1]}-${(parts[2] ?? '').padStart(2, '0')}-${(parts[3] ?? '').padStart(2, '0')}`;
  return daySchema.safeParse(day).success ? day : null;
}
