import type {
  Adapter,
  Sent,
} from '../src/domains/messaging/channels/adapters/adapter.ts';
import { providerOf } from '../src/domains/messaging/channels/adapters/registry.ts';
import {
  cardOf,
  type ProviderKey,
} from '../src/domains/messaging/contract/providers/providers.ts';
import type { Parcel } from '../src/domains/messaging/part.ts';
import {
  createOutbound,
  type Outbound,
} from '../src/platform/outbound/outbound.ts';
import { createReceiver, type Received, type Receiver } from './receiver.ts';

/** An answer of a provider: its status, its body, and headers. */
export type Said = [
  status: number,
  body: unknown,
  headers?: Record<string, string>,
];

/** An account with a provider that is a server on this machine, answering as the provider's documentation says. */
export interface ProviderAccount {
  receiver: Receiver;
  adapter: Adapter;
  now: Date;
  /** What it answers from now on; given a list, one after the other and the last for all others. */
  says(...answers: (Said | ((request: Received) => Said))[]): void;
  send(more?: Partial<Parcel>): Promise<Sent>;
  close(): Promise<void>;
}

export async function openProviderAccount(
  provider: ProviderKey,
  values: Record<string, string>,
): Promise<ProviderAccount> {
  const receiver = await createReceiver();
  const outbound: Outbound = createOutbound({
    allowed: ['127.0.0.1'],
    timeoutMs: 1_500,
  });
  const filled = Object.fromEntries(
    cardOf(provider).fields.map(({ name, usual = '' }) => [name, usual]),
  );
  const account: ProviderAccount = {
    receiver,
    now: new Date('2026-06-18T04:00:00Z'),
    adapter: undefined as unknown as Adapter,
    says(...answers) {
      let next = 0;
      receiver.react((request, response) => {
        const answer = answers[Math.min(next++, answers.length - 1)];
        const [status, body, headers = {}] =
          typeof answer === 'function' ? answer(request) : answer;
        response
          .writeHead(status, headers)
          .end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    },
    send: (more = {}) =>
      account.adapter.send(
        {
          key: 'k-1',
          to: '+8613800138000',
          locale: 'zh-CN',
          purpose: 'marketing',
          message: { subject: '新茶', text: '新茶到店' },
          ...more,
        },
        async () => {},
      ),
    async close() {
      account.adapter.close();
      outbound.close();
      await receiver.close();
    },
  };
  account.adapter = providerOf(provider).open({
    outbound,
    outboundAllow: ['127.0.0.1'],
    clock: { now: () => account.now },
    timeoutMs: 1_500,
    mark: (text) => `mark of ${text}`, values: { ...filled, endpoint: receiver.url, ...values },
  });
  return account;
}

export const jsonBody = ({ body }: Received): Record<string, unknown> =>
  JSON.parse(body.toString()) as Record<string, unknown>;
export const formBody = ({ body }: Received): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(body.toString()));
