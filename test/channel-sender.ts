import { afterAll, afterEach, beforeAll } from 'vitest';
import { createChannels } from '../src/domains/messaging/channels/channels.ts';
import type { ChannelKind } from '../src/domains/messaging/contract.ts';
import type {
  Answer,
  Channels,
  MessagingPart,
  Parcel,
} from '../src/domains/messaging/part.ts';
import { createSay } from '../src/platform/i18n.ts';
import type { Platform } from '../src/platform/platform.ts';
import {
  createMessagingServer,
  type MessagingServer,
} from './messaging-server.ts';
import { createMailBox, type MailBox, type MailBoxOptions } from './mail-box.ts';
import { createReceiver, type Receiver } from './receiver.ts';

export interface Told {
  key: string;
  accountNo: number | null;
  answer: Answer;
}

/** Sends by accounts of channels as the product does, to servers on this machine. */
export interface ChannelSender {
  test: MessagingServer;
  platform: Platform;
  receiver: Receiver;
  /** As one process of the product has it. */
  open(): Channels & MessagingPart;
  handOver(
    channels: Channels,
    parcels: readonly Parcel[],
    options?: {
      channel?: ChannelKind;
      signal?: AbortSignal;
      noted?: (key: string, accountNo: number) => Promise<void>;
    },
  ): Promise<Told[]>;
  /** Accounts and what was received are gone. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export const parcelOf = (n: number, more: Partial<Parcel> = {}): Parcel => ({
  key: `m-${n}`,
  to: `person${n}@shop.test`,
  locale: 'zh-CN',
  purpose: 'marketing',
  message: { subject: `第 ${n} 封`, text: '你好', html: '<p>你好</p>' },
  ...more,
});
export const parcels = (count: number): Parcel[] =>
  Array.from({ length: count }, (_, n) => parcelOf(n));

export async function createChannelSender(): Promise<ChannelSender> {
  const test = await createMessagingServer('');
  const platform: Platform = {
    ...test.platform,
    config: { ...test.platform.config, outboundAllow: ['127.0.0.1'] },
  };
  const receiver = await createReceiver();
  const opened: MessagingPart[] = [];
  const never = new AbortController().signal;
  return {
    test,
    platform,
    receiver,
    open() {
      const part = createChannels({
        ...test,
        platform,
        say: createSay(),
        facts: test.collect,
      });
      opened.push(part);
      return part;
    },
    async handOver(channels, given, options = {}) {
      const { channel = 'email', signal = never } = options;
      const told: Told[] = [];
      await channels.handOver(
        channel,
        given,
        options.noted ?? (async () => {}),
        async (key, accountNo, answer) =>
          void told.push({ key, accountNo, answer }),
        signal,
      );
      return told;
    },
    async reset() {
      for (const part of opened.splice(0)) await part.stop?.();
      await platform.pg.query('delete from channel_account');
      receiver.received.length = 0;
      receiver.react(
        (_received, response) => void response.writeHead(204).end(),
      );
    },
    async close() {
      await receiver.close();
      await test.close();
    },
  };
}

/** The sender of a group of tests: made before them; after each its accounts are gone, and the mail boxes it opened are closed. */
export function senderOfTests() {
  let sender: ChannelSender;
  const boxes: MailBox[] = [];
  beforeAll(async () => {
    sender = await createChannelSender();
  });
  afterEach(async () => {
    await sender.reset();
    for (const box of boxes.splice(0)) await box.close();
  });
  afterAll(() => sender.close());
  const handOver: ChannelSender['handOver'] = (...given) => sender.handOver(...given);
  return {
    get test() { return sender.test; },
    get platform() { return sender.platform; },
    get receiver() { return sender.receiver; },
    open: () => sender.open(),
    handOver,
    async mailBox(options?: MailBoxOptions): Promise<MailBox> {
      const box = await createMailBox(options);
      boxes.push(box);
      return box;
    },
  };
}
