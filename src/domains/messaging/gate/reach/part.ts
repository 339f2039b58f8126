import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { ChannelKind, Reason } from '../../contract.ts';

/** Whom a message of marketing would mean, and who of them has agreed to it and can be addressed. */
export interface Meant {
  people: Bitmap;
  agreed: Bitmap;
  addressed: Bitmap;
  channel: ChannelKind;
  category: string;
  /** How many of 10,000 of them a program holds out by itself: what is left of a quota goes to the others. */
  heldOut?: number;
}

/** Whom a check stops, as the first that does; null where it could not be counted in time. Who waits is reached later. */
export interface Stopped {
  reason: Reason;
  people: number | null;
  waits: boolean;
  /** Some of the people, drawn at random, stand for all. */
  isSampled?: boolean;
}
