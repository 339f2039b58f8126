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
  reply: brand,
});

export const writeBrandSettings = endpoint({
  method: 'PUT',
  path: '/api/settings/brand',
  summary: 'Set the brand\'s name, time zone, currency and language',
  access: 'access.settings',
  body: brand,
  reply: brand,
});
