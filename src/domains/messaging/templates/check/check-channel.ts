import type { ChannelKind, MessagePurpose, PlainWords, TemplateContent } from '../../contract.ts';
import { splitLiquid } from '../compile/liquid-parts.ts';
import { type Finding, hint, when, wrong } from './finding.ts';

type Plain = Extract<TemplateContent, { kind: 'plain' }>;
type Mail = Extract<TemplateContent, { kind: 'mail' }>;

/** A signature in the brackets that carriers ask for, at either end. */
const signature = /^\s*【[^【】]{2,20}】|【[^【】]{2,20}】\s*$/;
/** How somebody says no by answering, in the words that carriers and people know. */
const wayOut = /(拒收|退订|退訂)\S{0,6}(回复|回復|回覆|回)\s*[A-ZＡ-Ｚ\d]|(回复|回復|回覆|回)\s*[A-ZＡ-Ｚ\d]{1,4}\s*(退订|退訂|拒收)|\bSTOP\b|\bunsubscribe\b/i;
const address = /https?:\/\/|www\.|\b[a-z0-9-]+\.(com|cn|net|shop|link|top|cc)\b/i;

/** What providers allow of a variable's value. */
const variableLimits: Partial<Record<Plain['provider'], number>> = { tencent: 6, aliyun: 35 };

/** What WeChat allows of a variable, by what its name begins with. */
const wechatLimits = { thing: 20, character_string: 32, number: 32, letter: 32, symbol: 5, phone_number: 17, car_number: 8, name: 10, phrase: 5 } as const;
const wechatLimit = (name: string): number | undefined => wechatLimits[name.replace(/\d+$/, '') as keyof typeof wechatLimits];

/** What the way of a message asks of it. */
export function checkChannel(channel: ChannelKind, purpose: MessagePurpose, content: TemplateContent): Finding[] {
  if (content.kind === 'mail') return checkMail(purpose, content);
  return Object.entries(content.locales).flatMap(([locale, words]) => {
    const at = `locales.${locale}`;
    return [
      ...when(words.text.trim() === '' && words.variables.length === 0, () => wrong(`${at}.text`, 'nothing_said')),
      ...checkVariables(at, content.provider, words, channel === 'wechat' ? wechatLimit : () => variableLimits[content.provider]),
      ...(channel === 'sms' ? checkText(at, locale, purpose, content.provider, words) : []),
      ...(channel === 'app_push' || channel === 'web_push' ? checkPush(at, words) : []),
      ...when(channel === 'wechat' && words.providerTemplate === '', () => wrong(`${at}.providerTemplate`, 'no_provider_template')),
      ...when(channel === 'wecom' && Buffer.byteLength(words.text) > 4_000, () => wrong(`${at}.text`, 'too_long_wecom', { most: 4_000 })),
      ...when(channel === 'wecom' && [words.text, words.link].some((each) => splitSafely(each).some(({ isLiquid }) => isLiquid)), () => hint(`${at}.text`, 'task_for_each')),
    ];
  });
}

function checkMail(purpose: MessagePurpose, content: Mail): Finding[] {
  return Object.entries(content.locales).flatMap(([locale, { subject, blocks }]) => {
    const at = `locales.${locale}`;
    const all = JSON.stringify(blocks);
    return [
      ...when(subject.trim() === '', () => wrong(`${at}.subject`, 'no_subject')),
      ...when(lengthOf(subject) > 60, () => hint(`${at}.subject`, 'long_subject', { most: 60 })),
      ...when(blocks.length === 0, () => wrong(`${at}.blocks`, 'nothing_said')),
      ...when(purpose === 'marketing' && !all.includes('links.unsubscribe'), () => wrong(`${at}.blocks`, 'no_way_out_of_mail')),
      ...when(purpose === 'marketing' && !all.includes('links.preferences'), () => hint(`${at}.blocks`, 'no_preferences')),
      ...blocks.flatMap((block, n) => [
        ...when(block.kind === 'image' && block.address.trim() === '', () => wrong(`${at}.blocks.${n}.address`, 'no_picture')),
        ...when(block.kind === 'image' && block.alt.trim() === '', () => hint(`${at}.blocks.${n}.alt`, 'no_alt')),
        ...when(block.kind === 'button' && block.link.trim() === '', () => wrong(`${at}.blocks.${n}.link`, 'button_leads_nowhere')),
        ...when(block.kind === 'button' && block.text.trim() === '', () => wrong(`${at}.blocks.${n}.text`, 'nothing_said')),
        ...when(block.kind === 'products' && block.link.trim() === '', () => hint(`${at}.blocks.${n}.link`, 'products_lead_nowhere')),
      ]),
    ];
  });
}

/** A text message: who it is from, and how to say no. Through carriers of China both are the law; a service message needs no way out. */
function checkText(at: string, locale: string, purpose: MessagePurpose, provider: Plain['provider'], { text, providerTemplate, variables }: PlainWords): Finding[] {
  const isRegistered = provider === 'aliyun' || provider === 'tencent';
  const words = text.trim();
  const isEnglish = locale === 'en' && !isRegistered;
  return [
    ...when(!isEnglish && !signature.test(words), () => wrong(`${at}.text`, 'no_signature')),
    ...when(purpose === 'marketing' && !wayOut.test(words), () => wrong(`${at}.text`, isEnglish ? 'no_stop' : 'no_way_out')),
    ...when(isRegistered && providerTemplate === '', () => wrong(`${at}.providerTemplate`, 'no_provider_template')),
    ...when(isRegistered && variables.length === 0 && splitSafely(text).some(({ isLiquid }) => isLiquid), () => wrong(`${at}.text`, 'fields_not_in_variables')),
  ];
}

function checkVariables(at: string, provider: Plain['provider'], { variables }: PlainWords, limitOf: (name: string) => number | undefined): Finding[] {
  const names = variables.map(({ name }) => name);
  return variables.flatMap(({ name, value }, n) => {
    const path = `${at}.variables.${n}.value`;
    const most = limitOf(name);
    const parts = splitSafely(value);
    const fixed = parts.filter(({ isLiquid }) => !isLiquid).reduce((sum, { text }) => sum + text.length, 0);
    const hasField = parts.some(({ isLiquid }) => isLiquid);
    const cut = Number(/\|\s*truncate:\s*(\d+)/.exec(value)?.[1] ?? Infinity);
    return [
      ...when(names.indexOf(name) !== n, () => wrong(`${at}.variables.${n}.name`, 'variable_twice', { name })),
      ...when(most !== undefined && fixed > most, () => wrong(path, 'variable_too_long', { name, most: most ?? 0 })),
      ...when(most !== undefined && fixed <= most && hasField && fixed + cut > most, () => hint(path, 'variable_may_be_too_long', { name, most: most ?? 0 })),
      ...when(provider === 'tencent' && address.test(value), () => wrong(path, 'variable_with_link', { name })),
      ...when(provider === 'aliyun' && address.test(value), () => hint(path, 'variable_with_link_registered', { name })),
    ];
  });
}

const checkPush = (at: string, { title, text, link }: PlainWords): Finding[] => [
  ...when(title.trim() === '', () => wrong(`${at}.title`, 'no_title')),
  ...when(lengthOf(title) > 20, () => hint(`${at}.title`, 'long_title', { most: 20 })),
  ...when(lengthOf(text) > 120, () => hint(`${at}.text`, 'long_push', { most: 120 })),
  ...when(link.trim() === '', () => hint(`${at}.link`, 'leads_nowhere')),
];

/** About how long a text becomes: a field is some characters, a tag none. */
const lengthOf = (text: string): number => splitSafely(text).reduce((sum, part) => sum + (part.isTag ? 0 : part.isLiquid ? 4 : part.text.length), 0);

function splitSafely(text: string): ReturnType<typeof splitLiquid> {
  try {
    return splitLiquid(text);
  } catch {
    // Said already, where the text is read as Liquid.
    return [{ isLiquid: false, isTag: false, text }];
  }
}
