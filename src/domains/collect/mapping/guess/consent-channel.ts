import { normaliseName } from './synonyms.ts';

const agreeing = /接受|订阅|授权|同意|许可|营销|optin|consent|accept|agree|permission|marketing|subscri|newsletter/;
const channels = [
  [/短信|sms/, 'sms'],
  [/邮件|邮箱|mail|newsletter/, 'email'],
  [/微信|wechat/, 'wechat'],
  [/推送|push/, 'push'],
  [/电话|外呼|phone|call/, 'phone'],
] as const;

/** The channel that a column's name speaks of; undefined where it names none. */
export const consentChannelOf = (column: string): (typeof channels)[number][1] | undefined => channels.find(([pattern]) => pattern.test(normaliseName(column)))?.[1];

/** The channel that a column is about where its name says that somebody agrees. A shop that asks for marketing alone means mail. */
export const agreedChannelOf = (column: string): ReturnType<typeof consentChannelOf> => {
  const name = normaliseName(column);
  return agreeing.test(name) ? consentChannelOf(column) ?? (name.includes('marketing') ? 'email' : undefined) : undefined;
};
