import { expect } from 'vitest';
import {
  type ChannelKind,
  createTemplate,
  decideTemplate,
  type GivenContent,
  type MessagePurpose,
  submitTemplate,
} from '../src/domains/messaging/contract.ts';
import type { MessageLinks } from '../src/domains/messaging/part.ts';
import type { MessagingServer } from './messaging-server.ts';

/** What is sent where nothing is counted. */
export const plainLinks: MessageLinks = {
  track: (url) => url,
  pixelUrl: null,
  unsubscribeUrl: 'https://t.test/out',
  preferencesUrl: 'https://t.test/choose',
};

/** Words of a template in Chinese, and in English where they are given. */
export const plainContent = (text: string, en?: string): GivenContent => ({
  kind: 'plain',
  locales: {
    'zh-CN': { text },
    ...(en === undefined ? {} : { en: { text: en } }),
  },
});

let made = 0;

/** Templates of a test's own, written by one person and approved by another. */
export function templatesOf(
  at: Pick<MessagingServer, 'ask'>,
  {
    channel = 'wecom',
    purpose = 'service',
  }: { channel?: ChannelKind; purpose?: MessagePurpose } = {},
) {
  const template = async (
    content: GivenContent,
    name = `模板 ${++made}`,
  ): Promise<number> => {
    const { status, body, text } = await at.ask(createTemplate, {
      body: { name, channel, purpose, content },
    });
    expect(status, text).toBe(201);
    return body.templateNo;
  };
  const submit = (templateNo: number, versionNo = 1, revision = 1, staff = 1) =>
    at.ask(
      submitTemplate,
      { params: { templateNo, versionNo }, body: { revision } },
      { staff },
    );
  const decide = (
    templateNo: number,
    versionNo: number,
    isApproved: boolean,
    staff: number,
    reason = '',
  ) =>
    at.ask(
      decideTemplate,
      { params: { templateNo, versionNo }, body: { isApproved, reason } },
      { staff },
    );
  /** A template that may be sent, by its number; its version is the first. */
  const approved = async (content: GivenContent): Promise<number> => {
    const templateNo = await template(content);
    const asked = await submit(templateNo);
    expect(asked.status, asked.text).toBe(200);
    const decided = await decide(templateNo, 1, true, 2);
    expect(decided.status, decided.text).toBe(200);
    return templateNo;
  };
  return { template, submit, decide, approved };
}
