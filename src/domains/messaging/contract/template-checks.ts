import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';
import { tried } from './channels.ts';
import { templateContent } from './content.ts';
import { shownVersion, versionParams } from './templates.ts';
import { channelKinds, messagePurposes } from './vocabulary.ts';

const path = '/api/message-templates' as const;
const count = z.number().int();

/** `wrong` is not put before a second person; `hint` is worth a look. */
const finding = z.object({
  /** Where it stands: `locales.zh-CN.blocks.2.text`. */
  path: z.string(),
  level: z.enum(['wrong', 'hint']),
  text: z.string(),
});
export type TemplateFinding = z.output<typeof finding>;

/** How long a text message is, and what it costs each person. */
const size = z.object({
  encoding: z.enum(['gsm7', 'ucs2', 'chinese']),
  characters: count, parts: count,
  /** How many more characters fit before it becomes one part more. */
  left: count,
  /** In the brand's currency; null while no price of a part is set. */
  cost: z.string().nullable(),
});
export type TextSize = z.output<typeof size>;

/** What a version says differently from the one that is in use. */
const change = z.object({
  id: z.string(), locale: z.enum(locales),
  /** The kind of a block, or `mail`, `plain`, `variable`. */
  part: z.string(), field: z.string(),
  before: z.string().nullable(), after: z.string().nullable(),
});
export type TemplateChange = z.output<typeof change>;

export const readTemplateVersion = endpoint({
  method: 'GET', path: `${path}/:templateNo/versions/:versionNo`, summary: 'A version of a template: what it says, and what it changes', access: 'messaging.read', params: versionParams,
  reply: shownVersion.extend({
    name: z.string(), channel: z.enum(channelKinds), purpose: z.enum(messagePurposes), category: z.string(),
    content: templateContent,
    /** Against the newest approved version before it; null for the first. */
    changes: z.array(change).nullable(),
    changesFrom: count.nullable(),
    /** Whether whoever asks is a second person: neither who wrote it nor who asked for it. */
    mayDecide: z.boolean(),
    computedAt: z.iso.datetime(),
  }),
});

const written = z.object({ channel: z.enum(channelKinds), purpose: z.enum(messagePurposes), content: templateContent });

const message = z.object({
  subject: z.string().optional(), text: z.string(), html: z.string().optional(), link: z.string().optional(),
  variables: z.record(z.string(), z.string()).optional(),
});
const preview = z.object({
  /** Null for an example that is nobody. */
  customerNo: count.nullable(),
  locale: z.enum(locales),
  message: message.nullable(),
  /** Why this person would get none. */
  problem: z.string().nullable(),
  size: size.nullable(),
});
export type MessagePreview = z.output<typeof preview>;

export const checkTemplate = endpoint({
  method: 'POST', path: `${path}/check`, summary: 'Says what is wrong with words before anybody is asked to approve them', access: 'messaging.read', body: written,
  reply: z.object({ findings: z.array(finding), /** Of text messages, each language's with examples in its fields. */ sizes: z.partialRecord(z.enum(locales), size), computedAt: z.iso.datetime() }),
});

/** Somebody as whom words are shown: an example, or a person. */
const asExample = z.object({ who: z.literal('example') });
const asPerson = z.object({ who: z.literal('person'), customerNo: count.min(1).max(2_147_483_647) });
/** As those get it who refused to be shown what is chosen for them. */
const isPlain = z.boolean().default(false);

export const previewTemplate = endpoint({
  method: 'POST', path: `${path}/preview`, summary: 'Shows words as an example, as one person, or as some at random would get them; personal values are masked unless they are asked for in full', access: 'messaging.read',
  body: written.extend({
    /** Everybody in one language; each in their own where it is left out. */
    locale: z.enum(locales).optional(),
    as: z.discriminatedUnion('who', [asExample, asPerson, z.object({ who: z.literal('random'), people: count.min(1).max(10).default(10) })]),
    inFull: z.boolean().default(false),
    isPlain,
  }),
  reply: z.object({ previews: z.array(preview), computedAt: z.iso.datetime() }),
});

export const showPicture = endpoint({
  method: 'POST', path: `${path}/pictures`, summary: 'Reads a picture of the web for the preview, as a data address: the pages of the program load nothing from elsewhere', access: 'messaging.read',
  body: z.object({ url: z.url({ protocol: /^https?$/ }).max(2_000) }), reply: z.object({ picture: z.string() }),
});

export const tryTemplate = endpoint({
  method: 'POST', path: `${path}/test`, summary: 'Sends words to one address by the first account of their channel, as an example or one person would get them. Who may not set channels up reaches the testers of that account alone', access: 'messaging.templates',
  body: written.extend({ locale: z.enum(locales), as: z.discriminatedUnion('who', [asExample, asPerson]), inFull: z.boolean().default(false), isPlain, to: z.string().trim().min(1).max(254) }),
  reply: tried,
});

export const listTemplateFields = endpoint({
  method: 'GET', path: `${path}/fields`, summary: 'What templates may show of people', access: 'messaging.read',
  reply: z.object({ fields: z.array(z.object({ name: z.string(), label: z.string(), kind: z.enum(['text', 'number', 'money', 'date', 'products', 'values']), isPersonal: z.boolean() })) }),
});

/** What texts are checked for. */
export const checkSettings = z.object({
  /** Words of claims that the advertising law forbids. */
  forbidden: z.array(z.string().trim().min(1).max(50)).max(1_000),
  /** Phrases that hold such a word and are fine. */
  allowed: z.array(z.string().trim().min(1).max(50)).max(1_000),
  /** What a part of a text message costs; null where it is not known. */
  partPrice: z.string().regex(/^\d{1,6}(\.\d{1,4})?$/).nullable(),
});
export type CheckSettings = z.output<typeof checkSettings>;

export const readCheckSettings = endpoint({
  method: 'GET', path: `${path}/check-settings`, summary: 'Forbidden words, and the price of a text message', access: 'messaging.read', reply: checkSettings,
});
export const writeCheckSettings = endpoint({
  method: 'PUT', path: `${path}/check-settings`, summary: 'Sets forbidden words, and the price of a text message', access: 'messaging.approve', body: checkSettings, reply: checkSettings,
});
