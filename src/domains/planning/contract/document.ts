import { z } from 'zod';
import { locales } from '../../../kernel/locale.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { planParams } from './plans.ts';

/** What a document is made of; each of its forms (page, Word, PDF, mail) is written from these alone. */
const block = z.discriminatedUnion('is', [
  z.object({ is: z.literal('heading'), level: z.union([z.literal(1), z.literal(2), z.literal(3)]), text: z.string() }),
  /** `lead`: what a hurried reader reads; `note`: where something comes from. */
  z.object({ is: z.literal('paragraph'), text: z.string(), tone: z.enum(['plain', 'lead', 'note']) }),
  z.object({ is: z.literal('list'), items: z.array(z.string()) }),
  /** `share`: how much of the width a column takes, against the others. */
  z.object({ is: z.literal('table'), columns: z.array(z.object({ title: z.string(), share: z.number(), isNumber: z.boolean() })), rows: z.array(z.array(z.string())) }),
  z.object({ is: z.literal('figures'), figures: z.array(z.object({ label: z.string(), value: z.string(), note: z.string() })) }),
]);
export type Block = z.output<typeof block>;

const written = z.object({ title: z.string(), subtitle: z.string(), blocks: z.array(block) });
export type WrittenDocument = z.output<typeof written>;

export const documentFormats = ['docx', 'pdf', 'html'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

export const readDocument = endpoint({
  method: 'GET', path: '/api/plans/:planNo/document', summary: 'The plan as a document: why this department, what its core business is, what its goal is', access: 'planning.read', params: planParams,
  reply: written.extend({ computedAt: z.iso.datetime() }),
});
export const exportDocument = endpoint({
  method: 'GET', path: '/api/plans/:planNo/document/file', summary: 'The document as a file for Word, as a PDF, or as one page of HTML', access: 'planning.read',
  params: planParams,
  /** The language it is written in is that of the request unless said. */
  query: z.object({ format: z.enum(documentFormats).default('docx'), locale: z.enum(locales).optional() }), reply: z.string(), raw: true,
});
