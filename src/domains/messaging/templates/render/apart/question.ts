import type { Locale } from '../../../../../kernel/locale.ts';
import type { CompiledTemplate } from '../compiled.ts';
import type { WrittenMessage } from '../renderer.ts';

/** What a thread is asked: a version it may know already, and people. */
export interface RenderQuestion {
  templateId: number;
  /** Only where the thread does not know it. */
  compiled: CompiledTemplate | null;
  people: { fields: Readonly<Record<string, unknown>>; locale: Locale }[];
  /** How far the thread is: the place of the person it works on. */
  at: Int32Array<SharedArrayBuffer>;
}

/** A message, or the code and the parameters of why there is none. */
export type RenderAnswer = (WrittenMessage | { failed: { code: string; status: number; params: Record<string, unknown> } })[];
