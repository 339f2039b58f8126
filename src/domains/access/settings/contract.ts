import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';

/** Names of `Intl`, which browser and server share: `Asia/Shanghai`, `CNY`. */
const timeZone = z.string().refine((name) => name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name));
const currency = z.string().refine((code) => Intl.supportedValuesOf('currency').includes(code));

export const brand = z.object({ name: z.string().trim().min(1).max(80), timeZone, currency, language: z.enum(locales).default('zh-CN') });

export const readBrandSettings = endpoint({
  method: 'GET',
  path: '/api/settings/brand',
  summary: 'The brand\'s name, time zone, currency and language',
  access: 'access.settings',
  /** `amounts`: what is held in that currency, in the reader's words; it stays as it is when the currency is another. */
  reply: brand.extend({ amounts: z.array(z.string()) }),
});

export const writeBrandSettings = endpoint({
  method: 'PUT',
  path: '/api/settings/brand',
  summary: 'Set the brand\'s name, time zone, currency and language',
  access: 'access.settings',
  /** `amountsStay`: whoever changes the currency knows that amounts are not converted. Without it another currency is refused where there are any. */
  body: brand.extend({ amountsStay: z.boolean().default(false) }),
  reply: brand,
});
