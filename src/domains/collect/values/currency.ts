import { failure } from './failure.ts';
import { halfWidth } from '../../../kernel/half-width.ts';
import type { TextResult } from './text-result.ts';

const names = new Map([
  ['人民币', 'CNY'],
  ['元', 'CNY'],
  ['¥', 'CNY'],
  ['RMB', 'CNY'],
  ['美元', 'USD'],
  ['$', 'USD'],
  ['US$', 'USD'],
  ['欧元', 'EUR'],
  ['€', 'EUR'],
  ['英镑', 'GBP'],
  ['£', 'GBP'],
  ['港币', 'HKD'],
  ['港元', 'HKD'],
  ['HK$', 'HKD'],
  ['新台币', 'TWD'],
  ['台币', 'TWD'],
  ['NT$', 'TWD'],
  ['日元', 'JPY'],
  ['澳门元', 'MOP'],
]);

/** An ISO 4217 code for a code, a sign or a Chinese name. */
export function currencyOf(raw: string): TextResult {
  const text = halfWidth(raw).trim().toUpperCase();
  const code = names.get(text) ?? text;
  return /^[A-Z]{3}$/.test(code) ? { text: code } : { failure: failure.not_a_currency };
}
