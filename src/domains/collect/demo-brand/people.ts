import type { NewCustomer } from '../../customers/public.ts';
import type { DemoAccount } from '../demo/brand.ts';

/** The demonstration's customer as the vault takes it. */
export function personOf(account: DemoAccount, customerNo: number): NewCustomer {
  const { customer } = account;
  return {
    customerNo,
    firstSeenMs: customer.firstSeenAtMs,
    channel: customer.channel,
    identifiers: customer.identifiers,
    name: customer.name,
    gender: customer.gender,
    birthDate: customer.birthday,
    country: '中国',
    province: customer.province,
    city: customer.city,
    language: 'zh-CN',
    attributes: {
      ...(customer.campaign === null ? {} : { campaign: customer.campaign }),
      ...(customer.memberSinceMs === null ? {} : { member_since: new Date(customer.memberSinceMs).toISOString() }),
    },
    traitsAtMs: customer.registeredAtMs,
    consents: account.consents().map(({ channel, purpose, status, occurredAtMs, evidence }) => ({
      channel,
      purpose,
      granted: status === 'granted',
      atMs: occurredAtMs,
      source: evidence.source,
      textVersion: evidence.wording,
    })),
    tags: account.tags().map(({ name, taggedAtMs }) => ({ name, atMs: taggedAtMs })),
  };
}
