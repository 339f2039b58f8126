import { z } from 'zod';
import type { Endpoint } from '../../kernel/endpoint.ts';
import type { Locale } from '../../kernel/locale.ts';
import { Problem, type FieldProblem } from '../../kernel/problem.ts';
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
      fields.push({ path: [part, ...issue.path].join('.'), code: issue.code ?? 'custom', message: issue.message });
    }
    return undefined;
  };
  const input = { params: read('params'), query: read('query'), body: read('body') };
  if (fields.length > 0) throw new Problem('platform.invalid_input', { status: 400, fields: fields.slice(0, 50) });
  return input;
}
