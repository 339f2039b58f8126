import { z } from 'zod';
import type { Endpoint } from '../../kernel/endpoint.ts';
import type { Locale } from '../../kernel/locale.ts';
import { Problem, type FieldProblem } from '../../kernel/problem.ts';
import { fieldFault } from './field-fault.ts';
import { refuseExcess } from './body-limits.ts';

const errorMaps = {
  'zh-CN': z.locales.zhCN().localeError,
  'zh-TW': z.locales.zhTW().localeError,
  en: z.locales.en().localeError,
};

/** Checks params, query and body against the endpoint; every fault is named with its place, at once. */
export function validateInput(endpoint: Endpoint, given: { params: unknown; query: unknown; body: unknown }, locale: Locale) {
  refuseExcess(given.body);
  const fields: FieldProblem[] = [];
  const read = (part: 'params' | 'query' | 'body'): unknown => {
    const schema = endpoint[part];
    if (!schema) return undefined;
    const result = schema.safeParse(given[part] ?? {}, { error: errorMaps[locale], reportInput: false });
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const fault = fieldFault(part, given[part], issue);
      fields.push(isSaidWell(issue, locale) && !fault.phrase ? { ...fault, message: issue.message } : fault);
    }
    return undefined;
  };
  const input = { params: read('params'), query: read('query'), body: read('body') };
  if (fields.length > 0) throw new Problem('platform.invalid_input', { status: 400, fields: fields.slice(0, 50) });
  return input;
}

/** What a contract says of rules of its own is written in English, for those who call the API; of formats a schema says no more than its pattern. */
const isSaidWell = ({ code, message }: z.core.$ZodIssue, locale: Locale): boolean =>
  code !== 'invalid_format' && code !== 'invalid_value' && code !== 'invalid_union' && (code !== 'custom' || (locale === 'en' && message !== 'Invalid input'));
