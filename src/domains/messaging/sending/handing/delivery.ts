import type { Place } from '../decisions.ts';

/** The key of a delivery for providers: the same for every attempt. */
export const deliveryKey = (runNo: number, { customerNo, occasion }: Place): string =>
  `${runNo}.${customerNo}${occasion && `.${Buffer.from(occasion).toString('base64url')}`}`;

/** Somebody who is being handed over by this process. */
export interface InHand extends Place {
  key: string;
  arm: number;
  /** Whom the message was made for: if the number counts under somebody else by now, it is made again. */
  personNo: number;
  /** Whether the message is the one that everybody gets: who refuses since has it made again. */
  isPlain: boolean;
  /** How often it was noted before anything left: what tells one attempt from another. */
  attempts: number;
  isNoted: boolean;
}
