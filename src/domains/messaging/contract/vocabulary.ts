import type { ConsentChannel, ConsentPurpose } from '../../customers/contract.ts';

/** Ways to somebody: each is one protocol or several that come to the same for the person reached. */
export const channelKinds = ['email', 'sms', 'wechat', 'wecom', 'app_push', 'web_push', 'webhook'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** What a message is sent for. A service message (an order's way, a code) goes to whom it concerns; marketing asks for consent. */
export const messagePurposes = ['marketing', 'service'] as const;
export type MessagePurpose = (typeof messagePurposes)[number];

/** What somebody must have agreed to for a message of a channel; null where nobody is asked, as for a webhook between two systems. */
export function consentOf(channel: ChannelKind, purpose: MessagePurpose): { channel: ConsentChannel; purpose: ConsentPurpose } | null {
  const consentChannel = ({ email: 'email', sms: 'sms', wechat: 'wechat', wecom: 'wechat', app_push: 'push', web_push: 'push', webhook: null } as const)[channel];
  return consentChannel && { channel: consentChannel, purpose };
}

/** What was decided about one person and occasion. */
export const verdicts = ['send', 'defer', 'refuse', 'hold_out'] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * Why a message does not go, or not yet. The place in this list is what decisions keep: a new reason is added at the end and none is taken out.
 */
export const reasons = [
  'none',
  /** Of the program's control group, or of the group that no program reaches. */
  'control', 'universal_control',
  'no_consent', 'suppressed', 'no_address', 'open_complaint', 'minor', 'erased', 'merged_already_reached', 'left_audience', 'excluded',
  'frequency_cap', 'quiet_hours', 'platform_quota', 'budget', 'outranked', 'too_old',
  'channel_off', 'template_refused', 'cancelled', 'paused',
] as const;
export type Reason = (typeof reasons)[number];
