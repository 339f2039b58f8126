import type { ChannelKind, MessagePurpose } from '../../contract.ts';
import type { GatedRun } from '../../part.ts';

/** A run as far as others compete with it. */
export interface RivalRun {
  runNo: number;
  programKind: GatedRun['programKind'];
  programNo: number;
  channel: ChannelKind;
  purpose: MessagePurpose;
  category: string;
  /** What a message is expected to be worth. */
  value: number;
  /** running: it takes places and keeps them; paused: it keeps one until somebody wants it; over: what it has not sent will never go. */
  stage: 'running' | 'paused' | 'over';
  sendUntil: Date | null;
}

/** A place under the caps that somebody's message has, wants, or had. */
export interface Claim {
  run: RivalRun;
  /** The number it was decided for; after a merge another than the person's. */
  customerNo: number;
  occasion: string;
  occasionOn: string;
  state: 'waits' | 'pending' | 'gone';
  atMs: number;
}

export const claimStates = ['waits', 'pending', 'gone'] as const;
