import type pg from 'pg';
import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Actor } from '../../../kernel/actor.ts';
import type { Locale } from '../../../kernel/locale.ts';
import type { MessageProvider } from '../contract/content.ts';
import type { ChannelKind, MessagePurpose } from '../contract/vocabulary.ts';

/** A message as one person gets it. What a channel has no use for is left out. */
export interface RenderedMessage {
  subject?: string;
  /** The words, or the plain form of a mail. */
  text: string;
  html?: string;
  /** What a provider's approved template is filled with, in its order or by its names. */
  variables?: Record<string, string>;
  /** The provider's name of that template. */
  providerTemplate?: string;
  /** Whose approved template it is: accounts of others cannot send it. */
  provider?: Exclude<MessageProvider, 'any'>;
  /** Where a touch leads, for channels that have one place for it. */
  link?: string;
  /** Of what asks somebody to confirm: the end of its link, for providers that send nothing but approved templates. */
  confirm?: string;
}

/** The template a provider approved, where a message is one. */
export type TemplateBinding = Pick<RenderedMessage, 'provider' | 'providerTemplate'>;

/** One message for one person, ready to be handed over. */
export interface Parcel {
  /** The same for every attempt; given to providers that keep repeats away. */
  key: string;
  /** An address, a number, an open id, a token: read from the vault for this purpose, and in no log. */
  to: string;
  locale: Locale;
  purpose: MessagePurpose;
  message: RenderedMessage;
  /** RFC 8058, for mail. */
  unsubscribeUrl?: string;
  /** How often it was tried before: what an answer of `later` waits for grows with it. */
  attempts?: number;
}

/**
 * What a provider answered. `unknown`: it may have taken the message, and nobody can say. `later` says when to come again.
 * An account in its test mode keeps the message to be looked at and answers `refused` with the code `test_mode`.
 */
export interface Answer {
  outcome: 'taken' | 'refused' | 'later' | 'unknown';
  /** What the provider calls the message. */
  providerId?: string;
  /** A stable code of the provider: `550`, `isv.BUSINESS_LIMIT_CONTROL`; never its words. */
  code?: string;
  /** The address itself is of no use any more. */
  isDeadAddress?: boolean;
  retryAfterMs?: number;
  /** In the brand's currency. */
  cost?: string;
  /** Of how many parts the provider charges it; one unless it says so. */
  parts?: number;
}

export const receiptKinds = ['delivered', 'bounced', 'complained', 'opened', 'clicked', 'stop', 'start', 'replied'] as const;

/** What a provider tells of a message after it took it, or somebody answered. Checked, and told once however often it comes. */
export interface Receipt {
  kind: (typeof receiptKinds)[number];
  channel: ChannelKind;
  accountNo: number;
  /** The row of `send_delivery` that it is about; null where it answers none that is known. */
  delivery: { occasionOn: string; runNo: number; customerNo: number; occasion: string } | null;
  /** Who it is about, by the number they count under today; null where nobody is known by the address. */
  customerNo: number | null;
  /** Where it went to, or who answered, as it was told: for who has to know addresses of nobody known, and kept nowhere. */
  address: string | null;
  at: Date;
  /** Of a bounce: the address is of no use any more. */
  isFinal: boolean;
  /** A stable code of the provider, never its words. */
  code: string | null;
}
/** Takes receipts in the transaction that notes them: a suppression, a withdrawn consent, a fact. */
export type ReceiptTaker = (client: pg.PoolClient, receipts: readonly Receipt[]) => Promise<void>;

/** The way out by one channel: accounts of providers in their order, each with its rate, its health and its stand-in. */
export interface Channels {
  /** Whether anything can be sent there now. */
  isOpen(channel: ChannelKind, held?: pg.ClientBase): Promise<boolean>;
  /** Whether nobody but testers gets anything there: no account is in use, and one is in test mode. */
  isTest(channel: ChannelKind): Promise<boolean>;
  /** Whether what stands for these approved templates can leave by an account of the channel. */
  canCarry(channel: ChannelKind, bindings: readonly TemplateBinding[]): Promise<boolean>;
  /** What a message costs there, by the account that is asked first. */
  priceOf(channel: ChannelKind, connection?: pg.Pool | pg.ClientBase): Promise<string>;
  /** Whether any of its accounts tells that a message arrived, and whether anything tells that it was opened: where nothing does, nobody is not a number. */
  tells(channel: ChannelKind): Promise<{ delivered: boolean; opened: boolean }>;
  /** Who has an address that an account reaches; null where every address of the channel is reached by any account, or it cannot be told in time. */
  addressed(channel: ChannelKind): Promise<Bitmap | null>;
  /** The addresses of these people on a channel, each person's best one; who has none is left out. The last step before handing over. */
  addressesOf(client: pg.ClientBase, channel: ChannelKind, customerNos: readonly number[]): Promise<Map<number, string>>;
  /**
   * Hands parcels over, as many at once and as quickly as the accounts allow, and tells each answer as it comes. `noted` is awaited
   * before anything of a parcel leaves; it comes again where another account stands in. Where it rejects, somebody may not be reached any
   * more or another process has taken them: the parcel is left, nothing is answered, and the others go on. An answer of no account
   * (null) is about a parcel that nobody was asked to take: all are off, broken or busy, or the signal came first.
   */
  handOver(channel: ChannelKind, parcels: readonly Parcel[], noted: (key: string, accountNo: number) => Promise<void>, answered: (key: string, accountNo: number | null, answer: Answer) => Promise<void>, signal: AbortSignal): Promise<void>;
  /**
   * What became of parcels that were noted and whose answer was lost, as far as the provider tells: `repeat` where it keeps repeats of
   * a key away, so that the parcel may go again. Of whom nothing can be said is left out.
   */
  askAfter(channel: ChannelKind, accountNo: number, keys: readonly string[]): Promise<Map<string, Answer | 'repeat'>>;
  /** Has receipts told to another part. */
  onReceipt(taker: ReceiptTaker): void;
  /** Sends one message to one address by the first account of a channel, and tells what was sent and answered. Who may not set channels up reaches their testers alone. */
  tryOut(channel: ChannelKind, parcel: Omit<Parcel, 'key' | 'purpose'>, actor: Actor): Promise<Tried>;
}

/** What came of a message that was tried. */
export interface Tried {
  outcome: Answer['outcome'];
  code: string | null;
  providerId: string | null;
  /** What is in the way, in the reader's language. */
  trouble: string | null;
  /** What was handed to the provider. */
  shown: string;
  tookMs: number;
}
