import { z } from 'zod';

/** Something that an account of a provider has to be told. All are kept as text; what is secret is sealed and never answered back. */
export interface ProviderField {
  name: string;
  kind: 'text' | 'host' | 'port' | 'url' | 'email' | 'choice' | 'lines';
  isSecret?: true;
  isOptional?: true;
  /** Decides where what is secret is sent, and how openly: who changes it gives the secrets again, for whoever may change an account may not read them by it. */
  isPlace?: true;
  choices?: readonly string[];
  /** What it is unless somebody says otherwise. */
  usual?: string;
}

const mostLetters = 300;
const mostOfLines = 8_000;

const ofKind = {
  text: z.string().trim().max(mostLetters).regex(/^[^\p{Cc}]*$/u),
  host: z.string().trim().max(255).regex(/^[a-z0-9._:-]+$/i),
  port: z.string().trim().regex(/^[1-9]\d{0,4}$/).refine((text) => Number(text) <= 65_535),
  url: z.url({ protocol: /^https?$/ }).max(1_000).refine((text) => !/[#@]/.test(text)),
  email: z.email().max(200),
  lines: z.string().trim().max(mostOfLines),
};

function schemaOfField({ kind, choices, isOptional, usual }: ProviderField): z.ZodType<string> {
  const sound: z.ZodType<string> = kind === 'choice' ? z.enum(choices as [string, ...string[]]) : ofKind[kind];
  const filled = sound.refine((text) => text !== '');
  if (usual !== undefined) return filled.default(usual) as z.ZodType<string>;
  return isOptional ? (z.literal('').or(filled).default('') as z.ZodType<string>) : filled;
}

/** What fields of a provider may hold. */
export const valuesOf = (fields: readonly ProviderField[]): z.ZodType<Record<string, string>> =>
  z.strictObject(Object.fromEntries(fields.map((field) => [field.name, schemaOfField(field)]))) as unknown as z.ZodType<Record<string, string>>;
