import type { Platform } from '../../../../platform/platform.ts';
import type { AddToDemo } from '../../../collect/public.ts';
import { cardOf, type ProviderKey } from '../../contract/providers/providers.ts';
import { insertAccount } from './store.ts';

/** Accounts of the demonstration brand are in test mode, and lead to addresses that nobody has. */
const accounts: readonly { provider: ProviderKey; name: string; settings: Record<string, string>; cost: string }[] = [
  { provider: 'smtp', name: '品牌邮箱（演示）', settings: { host: 'mail.example.com', fromAddress: 'care@example.com', fromName: '常青生活' }, cost: '0.002' },
  { provider: 'alisms', name: '短信（演示）', settings: { accessKeyId: 'demo', signName: '常青生活', endpoint: 'https://sms.example.com' }, cost: '0.045' },
];

export const addDemoAccounts = ({ secret }: Pick<Platform, 'secret'>): AddToDemo => async (client, { startMs }) => {
  for (const { provider, name, settings, cost } of accounts) {
    const { channel, perSecond, atOnce, fields } = cardOf(provider);
    const valueOf = (isSecret: boolean) => Object.fromEntries(fields.filter((field) => (field.isSecret ?? false) === isSecret).map((field) => [field.name, settings[field.name] ?? field.usual ?? (isSecret && !field.isOptional ? 'demo' : '')]));
    await insertAccount(client, secret, { channel, provider, name, settings: valueOf(false), secrets: valueOf(true), testers: [], perSecond, atOnce, perDay: null, cost, state: 'test' }, { at: new Date(startMs), name: '常青' });
  }
};
