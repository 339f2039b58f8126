import { expect, it } from 'vitest';
import { byNamespace } from './namespaces.ts';

it('names messages after the domain that holds them', () => {
  const file = { title: '用户' };
  expect(
    byNamespace({
      '../../domains/customers/messages/zh-CN.json': file,
      '../../platform/messages/zh-CN.json': file,
      '../messages/zh-CN.json': file,
    }),
  ).toEqual({ customers: file, platform: file, web: file });
});
