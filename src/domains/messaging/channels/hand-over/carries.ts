import { cardOf, type ProviderKey } from '../../contract/providers/providers.ts';
import type { RenderedMessage, TemplateBinding } from '../part.ts';

const accountsOf = { aliyun: 'alisms', tencent: 'tencentsms', twilio: 'twilio' } as const satisfies Record<NonNullable<RenderedMessage['provider']>, ProviderKey>;

/** Whether a provider can send a message: an approved template is one provider's, and some send nothing else. */
export function carries(provider: ProviderKey, { provider: whose, providerTemplate, confirm }: TemplateBinding & Pick<RenderedMessage, 'confirm'>): boolean {
  if (whose !== undefined) return accountsOf[whose] === provider;
  return cardOf(provider).templates === undefined || providerTemplate !== undefined || confirm !== undefined;
}
