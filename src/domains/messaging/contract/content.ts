import { z } from 'zod';
import { locales } from '../../../kernel/locale.ts';

/** What a template says, as it is written: texts with Liquid in them. */
const words = (most: number) => z.string().max(most);
/** A line that becomes a header of a mail or the title of a notification. */
const oneLine = (most: number) => words(most).refine((text) => !/[\r\n\u2028\u2029]/.test(text), { params: { said: 'not_one_line' } });
const address = oneLine(2_000);
const colour = z.string().regex(/^#[0-9a-f]{6}$/i);
const align = z.enum(['left', 'center']).default('left');
/** Kept with the block, so that an editor knows it again. */
const key = z.string().regex(/^[a-z0-9]{1,12}$/);
/** A condition of Liquid, without its braces: shown only where it holds. */
const when = oneLine(300).default('');

const simpleBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('title'), key, when, text: words(500), align }),
  /** Of text: `**strong**`, `[words](https://…)`; a line is a line. */
  z.object({ kind: z.literal('text'), key, when, text: words(8_000), align }),
  z.object({ kind: z.literal('image'), key, when, address, alt: oneLine(300), link: address.default(''), width: z.number().int().min(40).max(600).default(600) }),
  z.object({ kind: z.literal('button'), key, when, text: oneLine(200), link: address, align: z.enum(['left', 'center']).default('center') }),
]);
export type SimpleBlock = z.output<typeof simpleBlock>;

const block = z.discriminatedUnion('kind', [
  ...simpleBlock.options,
  z.object({
    kind: z.literal('products'), key, when, from: z.enum(['recommendations', 'last_order']), most: z.number().int().min(1).max(6),
    /** Where a product is seen and its picture: `https://shop.example/p/{{ product.id }}`. No picture where it is empty. */
    link: address, picture: address.default(''), buttonText: oneLine(60).default(''), showPrice: z.boolean().default(true),
  }),
  z.object({ kind: z.literal('divider'), key, when }),
  z.object({ kind: z.literal('columns'), key, when, columns: z.array(z.array(simpleBlock).max(10)).min(2).max(3) }),
  /** Who writes, why, and the ways out. */
  z.object({ kind: z.literal('footer'), key, when, text: words(2_000) }),
]);
export type Block = z.output<typeof block>;
export const blockKinds = ['title', 'text', 'image', 'button', 'products', 'divider', 'columns', 'footer'] as const;

const mailWords = z.object({ subject: oneLine(300), preheader: oneLine(300).default(''), blocks: z.array(block).max(60) });
export type MailWords = z.output<typeof mailWords>;

const variable = z.object({ name: z.string().regex(/^[\w.]{1,64}$/), value: words(1_000) });
const plainWords = z.object({
  /** Of a notification. */
  title: oneLine(300).default(''),
  text: words(4_000),
  /** Where a touch leads. */
  link: address.default(''),
  /** The template that a provider approved, and what it is filled with. */
  providerTemplate: z.string().max(100).default(''),
  variables: z.array(variable).max(30).default([]),
});
export type PlainWords = z.output<typeof plainWords>;

/** Whose limits a text message has to keep. */
export const messageProviders = ['any', 'aliyun', 'tencent', 'twilio'] as const;
export type MessageProvider = (typeof messageProviders)[number];

const byLocale = <T extends z.ZodType>(of: T) => z.partialRecord(z.enum(locales), of).refine((said) => Object.values(said).some((one) => one !== undefined), { params: { said: 'required' } });
export const templateContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mail'), accent: colour.default('#1f7a5c'), locales: byLocale(mailWords) }),
  z.object({ kind: z.literal('plain'), provider: z.enum(messageProviders).default('any'), locales: byLocale(plainWords) }),
]);
export type TemplateContent = z.output<typeof templateContent>;
export type GivenContent = z.input<typeof templateContent>;
