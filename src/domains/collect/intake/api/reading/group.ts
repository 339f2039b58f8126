import type { CallType } from '../../events/tracking-call.ts';
import type { ReadCall, SetAsideFound } from './read-call.ts';

/** Requests as they are handed to the thread: what their headers say, and all bodies behind each other. */
export interface AskedGroup {
  calls: { bytes: number; isGzip: boolean; callType: CallType | null; receivedAt: Date }[];
  bodies: Uint8Array<ArrayBuffer>;
}

/** What the thread found, in the same order; bodies are lengths of what lies in `bodies`. */
export interface AnsweredGroup {
  answers: Answer[];
  bodies: Uint8Array<ArrayBuffer>;
}

/** A problem keeps its code on its way between threads; anything else its words. */
export type Answer =
  | { read: Omit<ReadCall, 'body' | 'setAside'> & { bytes: number; setAside: (Omit<SetAsideFound, 'body'> & { bytes: number })[] } }
  | { problem: { code: string; status: number; params: Record<string, unknown> } }
  | { failed: string };
