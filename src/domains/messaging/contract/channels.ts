import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { identifierKind } from '../../customers/contract.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';
import { type ProviderField, valuesOf } from './providers/field.ts';
import { cardOf, type ProviderKey, providerKeys } from './providers/providers.ts';
import { channelKinds } from './vocabulary.ts';

export const accountStates = ['active', 'test', 'off'] as const;
export const accountConditions = ['well', 'slowed', 'resting', 'broken', 'full'] as const;

const texts = z.record(z.string().max(60), z.string().max(8_000));
const money = z.string().regex(/^\d{1,8}(\.\d{1,4})?$/);

/** What somebody sets of an account. Secrets that are left out stay as they are. */
const settings = {
  name: z.string().trim().min(1).max(60),
  values: texts,
  secrets: texts.default({}),
  perSecond: z.number().int().min(1).max(10_000),
  atOnce: z.number().int().min(1).max(64),
  perDay: z.number().int().min(1).max(2_000_000_000).nullable(),
  cost: money,
  state: z.enum(accountStates),
  /** Addresses that test mode lets messages through to. */
  testers: z.array(z.string().trim().min(1).max(254)).max(20).default([]),
};
const withProvider = z.object({ ...settings, provider: z.enum(providerKeys) });
export type AccountInput = z.output<typeof withProvider>;

const answers = z.object({ taken: z.number().int(), refused: z.number().int(), later: z.number().int(), unknown: z.number().int() });

const account = z.object({
  accountNo: z.number().int(),
  channel: z.enum(channelKinds),
  provider: z.enum(providerKeys),
  name: z.string(),
  place: z.number().int(),
  perSecond: z.number().int(),
  perDay: z.number().int().nullable(),
  cost: z.string(),
  state: z.enum(accountStates),
  condition: z.enum(accountConditions),
  /** Until when it is left alone, where it is. */
  until: z.iso.datetime().nullable(),
  /** What it may send in a second now: less than set where the provider said that it was too quick. */
  perSecondNow: z.number(),
  sentToday: z.number().int(),
  /** What stood against it last: a code of ours or of the provider. */
  trouble: z.string().nullable(),
  troubleAt: z.iso.datetime().nullable(),
  takenAt: z.iso.datetime().nullable(),
  lastDay: answers,
});
export type ShownAccount = z.output<typeof account>;

const accountDetail = account.extend({
  values: texts,
  /** Secrets that are kept, by name; what they are is never told. */
  secretsKept: z.array(z.string()),
  /** For sites that ask browsers whether they may notify; of web push only. */
  publicKey: z.string().nullable(),
  /** Where the provider is to tell of bounces, receipts and replies, behind the address of this installation; null where it tells of nothing. */
  receiptsPath: z.string().nullable(),
  atOnce: z.number().int(),
  testers: z.array(z.string()),
  /** Answers of the last seven days, the most frequent first. */
  codes: z.array(z.object({ outcome: z.enum(['taken', 'refused', 'later', 'unknown']), code: z.string(), count: z.number().int(), lastAt: z.iso.datetime() })),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
});
export type AccountDetail = z.output<typeof accountDetail>;

const accountParams = z.object({ accountNo: z.coerce.number().int().min(1).max(2_147_483_647) });

export const listChannels = endpoint({
  method: 'GET',
  path: '/api/channels',
  summary: 'Accounts of every channel in their order, and how they are doing; nothing secret',
  access: 'messaging.read',
  reply: z.object({ accounts: z.array(account), computedAt: z.iso.datetime() }),
});

export const readChannel = endpoint({
  method: 'GET',
  path: '/api/channels/:accountNo',
  summary: 'What is set of an account, and what it answered; secrets are never shown',
  access: 'messaging.channels',
  params: accountParams,
  reply: accountDetail,
});

export const createChannel = endpoint({
  method: 'POST',
  path: '/api/channels',
  summary: 'Adds an account with a provider, behind the others of its channel. A secret that is made for it is in this reply and nowhere else',
  access: 'messaging.channels',
  body: withProvider,
  reply: z.object({ accountNo: z.number().int(), secret: z.string().nullable() }),
  status: 201,
});

export const changeChannel = endpoint({
  method: 'PUT',
  path: '/api/channels/:accountNo',
  summary: 'Changes an account; within a second everything that sends knows',
  access: 'messaging.channels',
  params: accountParams,
  body: z.object(settings),
  reply: z.object({}),
  status: 204,
});

export const orderChannels = endpoint({
  method: 'POST',
  path: '/api/channels/order',
  summary: 'Puts the accounts of a channel in order: the first is asked first, the next stands in for it',
  access: 'messaging.channels',
  body: z.object({ channel: z.enum(channelKinds), accountNos: z.array(z.number().int()).min(1).max(50) }),
  reply: z.object({}),
  status: 204,
});

export const deleteChannel = endpoint({
  method: 'DELETE',
  path: '/api/channels/:accountNo',
  summary: 'Deletes an account that is off; its secrets are gone, and what comes back of its messages is not understood any more',
  access: 'messaging.channels',
  params: accountParams,
  reply: z.object({}),
  status: 204,
});

/** What came of one message that was sent to be looked at. */
export const tried = z.object({ outcome: z.enum(['taken', 'refused', 'later', 'unknown']), code: z.string().nullable(), providerId: z.string().nullable(), trouble: z.string().nullable(), shown: z.string(), tookMs: z.number() });

export const testChannel = endpoint({
  method: 'POST',
  path: '/api/channels/:accountNo/test',
  summary: 'Sends one message to an address of one\'s own, whatever the state of the account, and tells what was sent and answered',
  access: 'messaging.channels',
  params: accountParams,
  body: z.object({
    to: z.string().trim().min(1).max(1_000),
    subject: z.string().trim().max(200).default(''),
    text: z.string().trim().max(2_000).default(''),
    /** The provider's name of an approved template, and what fills it. */
    template: z.string().trim().max(100).default(''),
    variables: z.record(z.string().max(60), z.string().max(500)).default({}),
    link: z.string().trim().max(1_000).default(''),
  }),
  reply: tried,
});

export const listTestMessages = endpoint({
  method: 'GET',
  path: '/api/channels/:accountNo/test-messages',
  summary: 'What an account in test mode would have sent, to whom, the newest first; in full for who may see personal data',
  access: 'messaging.channels',
  params: accountParams,
  query: plainPageQuery,
  reply: pageOf(z.object({ messageNo: z.number().int(), at: z.iso.datetime(), to: z.string(), shown: z.string().nullable() })),
});

const told = {
  /** The account whose app or site the address is of. */
  accountNo: z.number().int().min(1).max(2_147_483_647),
  /** A device's token, or the subscription of a browser as JSON. */
  address: z.string().trim().min(1).max(2_000),
};

export const keepChannelAddress = endpoint({
  method: 'PUT',
  path: '/api/channel-addresses',
  summary: 'Keeps that somebody can be notified on a device or in a browser. Told by an app or a site when somebody signs in; who signed in there before is not notified there any more',
  access: 'messaging.addresses',
  body: z.object({ ...told, customer: z.union([z.strictObject({ customerNo: z.number().int().min(1).max(2_147_483_647) }), z.strictObject({ kind: identifierKind, value: z.string().min(1).max(254) })]) }),
  reply: z.object({}),
  status: 204,
});

export const forgetChannelAddress = endpoint({
  method: 'POST',
  path: '/api/channel-addresses/forget',
  summary: 'Forgets a device or a browser, as when somebody signs out',
  access: 'messaging.addresses',
  body: z.object(told),
  reply: z.object({}),
  status: 204,
});

/** The fields of a provider that are secret, or not. */
export const fieldsOf = (provider: ProviderKey, isSecret: boolean): ProviderField[] => cardOf(provider).fields.filter((field) => (field.isSecret ?? false) === isSecret);
export const settingsSchema = (provider: ProviderKey) => valuesOf(fieldsOf(provider, false));
export const secretsSchema = (provider: ProviderKey) => valuesOf(fieldsOf(provider, true));
