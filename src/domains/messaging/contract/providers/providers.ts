import type { ChannelKind } from '../vocabulary.ts';
import type { ProviderField } from './field.ts';

/** A company or a protocol by which messages of a channel leave. */
export interface ProviderCard {
  channel: ChannelKind;
  fields: readonly ProviderField[];
  /** What an account starts with; the provider's contract says what it may be. */
  perSecond: number;
  atOnce: number;
}


export const providers = {
  smtp: {
    channel: 'email', perSecond: 10, atOnce: 4,
    fields: [
      { name: 'host', kind: 'host' }, { name: 'port', kind: 'port', usual: '465' }, { name: 'security', kind: 'choice', choices: ['tls', 'starttls', 'plain'], usual: 'tls' },
      { name: 'user', kind: 'text', isOptional: true }, { name: 'password', kind: 'text', isSecret: true, isOptional: true },
      { name: 'fromAddress', kind: 'email' }, { name: 'fromName', kind: 'text' }, { name: 'replyTo', kind: 'email', isOptional: true },
      { name: 'dkimDomain', kind: 'host', isOptional: true }, { name: 'dkimSelector', kind: 'host', isOptional: true }, { name: 'dkimKey', kind: 'lines', isSecret: true, isOptional: true },
    ],
  },
  webhook: {
    channel: 'webhook', perSecond: 50, atOnce: 8,
    fields: [{ name: 'url', kind: 'url' }, { name: 'signingSecret', kind: 'text', isSecret: true, isOptional: true }],
  },
} as const satisfies Record<string, ProviderCard>;

export type ProviderKey = keyof typeof providers;
export const providerKeys = Object.keys(providers) as [ProviderKey, ...ProviderKey[]];
export const cardOf = (provider: ProviderKey): ProviderCard => providers[provider];
