import type { ProviderKey } from '../../contract/providers/providers.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Outbound } from '../../../../platform/outbound/outbound.ts';
import type { Answer, Parcel } from '../../part.ts';
import type { ToldReceipt } from '../receipts/heard.ts';

/** An answer, and whether it speaks of the account rather than of the message: another account may then take the message. */
export interface Sent extends Answer {
  isAccountsFault?: boolean;
  /** It asks to be asked less often. */
  isTooQuick?: boolean;
}

/** A provider's protocol, spoken for one account. */
export interface Adapter {
  /**
   * Sends one message. `go` is awaited when all is ready and nothing that counts has left; where it throws, nothing leaves.
   * What the provider answers is answered; a connection that fails is a Problem.
   */
  send(parcel: Parcel, go: () => Promise<void>): Promise<Sent>;
  /** What would go over the wire for it, as text and without anything secret. */
  show(parcel: Parcel): Promise<string>;
  /** What became of messages that people have to send on, by the provider's ids of them. */
  results?(providerIds: readonly string[], now: Date): Promise<ToldReceipt[]>;
  /** What became of messages of a period, a page of it, where the provider has to be asked; null where it does not answer now. */
  reports?(period: ReportPeriod): Promise<ReportPage | null>;
  /** What became of messages whose answer was lost, where the provider can be asked. */
  askAfter?(keys: readonly string[]): Promise<Map<string, Answer>>;
  close(): void;
}

/** A period that a provider is asked about, and from where on in it: empty at its beginning. What a provider calls that place may hold addresses. */
export interface ReportPeriod {
  since: Date;
  until: Date;
  next: string;
}
export interface ReportPage {
  told: ToldReceipt[];
  /** Empty at the end. */
  next: string;
}

/** What an adapter is made with. */
export interface AdapterDoors {
  outbound: Outbound;
  /** Ranges of one's own network that may be reached. */
  outboundAllow: readonly string[];
  clock: Clock;
  timeoutMs: number;
  values: Readonly<Record<string, string>>;
  /** A mark that only this installation makes, for what comes back to be known by. */
  mark(text: string): string;
}

/** A provider as the server knows it. */
export interface Provider {
  key: ProviderKey;
  /** Within what its addresses are valid: the app an open id belongs to; null where any account reaches any address of the channel. */
  addressSpace?(values: Readonly<Record<string, string>>, accountNo: number): string;
  /** So many are sent at once, whatever is set, where the provider takes many in one call. */
  together?: number;
  /** It takes a message of the same key once, however often it is sent. */
  keepsRepeatsAway?: true;
  /** Secrets that nobody types in: made with the account. */
  madeSecrets?(): Record<string, string>;
  /** What of them is given to others: the one key that a receiver checks by, told once; or a public one, told always. */
  keyFor?: { who: 'receiver' | 'anybody'; of(secrets: Readonly<Record<string, string>>): string };
  open(doors: AdapterDoors): Adapter;
}

/** A provider's code as it may be kept and shown: short, of plain letters, with no number in it that could be somebody's. */
export const codeOf = (code: string | number): string => {
  const text = String(code);
  return /^[\w .:/-]{1,60}$/.test(text) && !/\d{7,}/.test(text) ? text : 'other';
};
