import type { ChannelKind } from '../vocabulary.ts';
import type { ProviderField } from './field.ts';

/** A company or a protocol by which messages of a channel leave. */
export interface ProviderCard {
  channel: ChannelKind;
  fields: readonly ProviderField[];
  /** What an account starts with; the provider's contract says what it may be. */
  perSecond: number;
  atOnce: number;
  /** It tells later whether a message arrived; others answer for its being taken alone. */
  tellsDelivered?: true;
  /** Messages are templates that the provider approved, filled with variables: by their names, or in their order. */
  templates?: 'named' | 'ordered';
  /** What one variable may hold: letters at most, and whether a link may be in it. Operators change these; they are what is published. */
  variables?: { mostLetters: number; mayLink: boolean };
}

/** Another address than the provider's own, as for a proxy or a region it does not name. */
const endpoint: ProviderField = { name: 'endpoint', kind: 'url', isOptional: true, isPlace: true };
const sender: readonly ProviderField[] = [{ name: 'fromAddress', kind: 'email' }, { name: 'fromName', kind: 'text' }, { name: 'replyTo', kind: 'email', isOptional: true }];
const aliKeys: readonly ProviderField[] = [{ name: 'accessKeyId', kind: 'text' }, { name: 'accessKeySecret', kind: 'text', isSecret: true }];

export const providers = {
  smtp: {
    channel: 'email', perSecond: 10, atOnce: 4,
    fields: [
      { name: 'host', kind: 'host', isPlace: true }, { name: 'port', kind: 'port', usual: '465', isPlace: true }, { name: 'security', kind: 'choice', choices: ['tls', 'starttls', 'plain'], usual: 'tls', isPlace: true },
      { name: 'user', kind: 'text', isOptional: true }, { name: 'password', kind: 'text', isSecret: true, isOptional: true }, ...sender,
      { name: 'bounceAddress', kind: 'email', isOptional: true },
      { name: 'dkimDomain', kind: 'host', isOptional: true }, { name: 'dkimSelector', kind: 'host', isOptional: true }, { name: 'dkimKey', kind: 'lines', isSecret: true, isOptional: true },
    ],
  },
  ses: {
    channel: 'email', perSecond: 14, atOnce: 16, tellsDelivered: true,
    fields: [
      { name: 'region', kind: 'host', usual: 'us-east-1' }, { name: 'accessKeyId', kind: 'text' }, { name: 'secretAccessKey', kind: 'text', isSecret: true }, ...sender,
      { name: 'configurationSet', kind: 'text', isOptional: true }, endpoint,
    ],
  },
  directmail: {
    channel: 'email', perSecond: 20, atOnce: 16, tellsDelivered: true,
    fields: [...aliKeys, { name: 'region', kind: 'host', usual: 'cn-hangzhou' }, ...sender, { name: 'tag', kind: 'text', isOptional: true }, endpoint],
  },
  alisms: {
    channel: 'sms', perSecond: 100, atOnce: 16, tellsDelivered: true, templates: 'named', variables: { mostLetters: 35, mayLink: false },
    fields: [...aliKeys, { name: 'region', kind: 'host', usual: 'cn-hangzhou' }, { name: 'signName', kind: 'text' }, { name: 'confirmTemplate', kind: 'text', isOptional: true }, endpoint],
  },
  tencentsms: {
    channel: 'sms', perSecond: 100, atOnce: 16, tellsDelivered: true, templates: 'ordered', variables: { mostLetters: 6, mayLink: false },
    fields: [
      { name: 'secretId', kind: 'text' }, { name: 'secretKey', kind: 'text', isSecret: true }, { name: 'region', kind: 'host', usual: 'ap-guangzhou' },
      { name: 'sdkAppId', kind: 'text' }, { name: 'signName', kind: 'text' }, endpoint,
    ],
  },
  twilio: {
    channel: 'sms', perSecond: 1, atOnce: 4, tellsDelivered: true,
    fields: [{ name: 'accountSid', kind: 'text' }, { name: 'authToken', kind: 'text', isSecret: true }, { name: 'from', kind: 'text' }, endpoint],
  },
  wechat: {
    channel: 'wechat', perSecond: 50, atOnce: 16, tellsDelivered: true, templates: 'named', variables: { mostLetters: 20, mayLink: false },
    fields: [{ name: 'appId', kind: 'text' }, { name: 'appSecret', kind: 'text', isSecret: true },
      { name: 'callbackToken', kind: 'text', isSecret: true, isOptional: true }, { name: 'encodingKey', kind: 'text', isSecret: true, isOptional: true }, { name: 'messageKind', kind: 'choice', choices: ['template', 'subscription'], usual: 'template' }, endpoint],
  },
  wecom: {
    channel: 'wecom', perSecond: 10, atOnce: 1, tellsDelivered: true,
    fields: [{ name: 'corpId', kind: 'text' }, { name: 'corpSecret', kind: 'text', isSecret: true }, { name: 'employee', kind: 'text', isOptional: true }, endpoint],
  },
  fcm: {
    channel: 'app_push', perSecond: 500, atOnce: 32,
    fields: [{ name: 'serviceAccount', kind: 'lines', isSecret: true }, { name: 'projectId', kind: 'text' }, endpoint],
  },
  apns: {
    channel: 'app_push', perSecond: 500, atOnce: 32,
    fields: [
      { name: 'teamId', kind: 'text' }, { name: 'keyId', kind: 'text' }, { name: 'signingKey', kind: 'lines', isSecret: true }, { name: 'topic', kind: 'host' },
      { name: 'environment', kind: 'choice', choices: ['production', 'sandbox'], usual: 'production' }, endpoint,
    ],
  },
  getui: {
    channel: 'app_push', perSecond: 100, atOnce: 16,
    fields: [{ name: 'appId', kind: 'text' }, { name: 'appKey', kind: 'text' }, { name: 'masterSecret', kind: 'text', isSecret: true }, endpoint],
  },
  webpush: {
    channel: 'web_push', perSecond: 100, atOnce: 16,
    fields: [{ name: 'contact', kind: 'email' }, { name: 'vapidKey', kind: 'lines', isSecret: true, isOptional: true }],
  },
  webhook: {
    channel: 'webhook', perSecond: 50, atOnce: 8,
    fields: [{ name: 'url', kind: 'url', isPlace: true }, { name: 'signingSecret', kind: 'text', isSecret: true, isOptional: true }],
  },
} as const satisfies Record<string, ProviderCard>;

export type ProviderKey = keyof typeof providers;
export const providerKeys = Object.keys(providers) as [ProviderKey, ...ProviderKey[]];
export const cardOf = (provider: ProviderKey): ProviderCard => providers[provider];
