import type pg from 'pg';
import type { Bitmap } from '../../kernel/bitmap/bitmap.ts';
import type { Locale } from '../../kernel/locale.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Say } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AudienceField, Audiences } from '../audiences/public.ts';
import type { AddToDemo, Collect } from '../collect/public.ts';
import type { Commerce } from '../commerce/public.ts';
import type { Customers, FigureSource, HeldDataSource, TimelineSource } from '../customers/public.ts';
import type { Insights } from '../insights/public.ts';
import type { RenderedMessage, TemplateBinding } from './channels/part.ts';
import type { Meant, Stopped } from './gate/reach/part.ts';
import type { ChannelKind, MessagePurpose, Reason, Verdict } from './contract.ts';

export type { Arm, Experiments, ShareChange } from './experiments/part.ts';
export type { Meant, Stopped } from './gate/reach/part.ts';
export { type Answer, type Channels, type Parcel, type Receipt, receiptKinds, type ReceiptTaker, type RenderedMessage, type TemplateBinding, type Tried } from './channels/part.ts';

/** What the domain stands on. */
export interface MessagingOptions {
  commerce: Commerce;
  customers: Customers;
  /** What is told of messages becomes facts as events of trackers do. */
  facts: Pick<Collect, 'tell'>;
  audiences: Audiences;
  insights: Insights;
}

/** What parts of this domain are made with. */
export interface MessagingDoors extends MessagingOptions {
  platform: Platform;
  say: Say;
}

/** A part of this domain: what it answers, and what it brings to others. */
export interface MessagingPart {
  routes: Route[];
  fields?: AudienceField[];
  heldData?: HeldDataSource[];
  figures?: FigureSource[];
  timeline?: TimelineSource[];
  demo?: AddToDemo;
  /** Background work, for the process that does it. */
  start?(): void;
  stop?(): Promise<void>;
}

/** What templates may show of a person, as Liquid reads it, and in which of the template's languages. Plain data. */
export interface PersonValues {
  locale: Locale;
  fields: Readonly<Record<string, unknown>>;
}

/** Something that templates may show of people. Other domains register theirs. */
export interface TemplateField {
  /** `person.name`, `member.points`. */
  name: string;
  /** A message with its namespace. */
  label: string;
  /** What is picked with it: a list of products is gone through, `values` are reached by their names. */
  kind: 'text' | 'number' | 'money' | 'date' | 'products' | 'values';
  /** Is read from the vault: never kept, logged or shown without the permission. */
  isPersonal: boolean;
  /** Shown also to who refused to be shown what is chosen for them: it addresses them, and chooses nothing. */
  isForEverybody?: boolean;
  read(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[], locale: Locale): Promise<Map<number, unknown>>;
}

/** A message for one person to be written. */
export interface ToRender {
  person: PersonValues;
  links: MessageLinks;
}

/** How people are read for a template: all in one language instead of each in the nearest of its own; and who of them gets what everybody gets. */
export interface ReadAs {
  locale?: Locale | undefined;
  /** Nothing is read of these but what addresses them; `message.is_plain` tells the template. */
  plain?: ReadonlySet<number>;
}

/** A version of a template, parsed once for many people. */
export interface OpenTemplate {
  channel: ChannelKind;
  purpose: MessagePurpose;
  category: string;
  locales: readonly Locale[];
  /** In each language: whose approved template it stands for. */
  bindings: readonly TemplateBinding[];
  /** What it shows of people: to be read for all of a batch at once. Who is gone is left out. */
  read(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[], as?: ReadAs): Promise<Map<number, PersonValues>>;
  /** Throws a Problem for this person alone. */
  render(person: PersonValues, links: MessageLinks): RenderedMessage;
  /** The same for many, in threads that are ended where somebody's message takes too long or too much: each has a message or a Problem of its own. */
  renderAll(messages: readonly ToRender[]): Promise<(RenderedMessage | Problem)[]>;
}

/** How links, the picture that tells of opening, and the way out of a mail are written for one message. */
export interface MessageLinks {
  /** The address that takes the place of a link: of the link as it came out for this person, and its place among `linksOf`. */
  track(url: string, position: number): string;
  pixelUrl: string | null;
  unsubscribeUrl: string;
  preferencesUrl: string;
}

export interface Templates {
  registerField(field: TemplateField): void;
  /** The links of a version as they were written, in their order, whether or not it may still be used: where clicks on old messages lead. */
  linksOf(templateNo: number, versionNo: number): Promise<readonly string[]>;
  /** Throws where the version may not be used: only approved ones may, but for a test. */
  open(templateNo: number, versionNo: number, use?: 'test'): Promise<OpenTemplate>;
  /** The newest approved version of a template; null where there is none, or it is put away. */
  current(templateNo: number): Promise<{ versionNo: number; name: string; channel: ChannelKind; purpose: MessagePurpose; category: string } | null>;
}

/** What the gate has to know of a run. */
export interface GatedRun {
  runNo: number;
  occasionOn: string;
  programKind: 'campaign' | 'journey' | 'service' | 'test';
  programNo: number;
  channel: ChannelKind;
  purpose: MessagePurpose;
  category: string;
  expectedValue: string;
  sendUntil: Date | null;
}
export interface Candidate {
  customerNo: number;
  occasion: string;
  arm: number;
  isControl: boolean;
}
/** How somebody of a run is named in sets and maps. */
export const candidateKey = ({ customerNo, occasion }: Pick<Candidate, 'customerNo' | 'occasion'>): string => `${customerNo} ${occasion}`;
export interface Decided extends Candidate {
  /** The number the person counts under today, which addresses and values are read by. */
  personNo: number;
  verdict: Verdict;
  reason: Reason;
  nextAt: Date | null;
  /** They refused to be shown what is chosen for them: the message goes with what everybody gets. */
  isPlain: boolean;
}

/** What holds for somebody at the last moment. `busy`: somebody else is changing this person; to be asked again in a second, it stays decided. */
export type LastWord = { word: 'go'; personNo: number; isPlain: boolean } | { word: 'busy' };

/** Decides who may be reached now. */
export interface Gate {
  /**
   * Decides about people of a run and keeps a row for each, in the caller's transaction, by statements over all of them; once in a
   * transaction, because the people are locked until it ends. Who is decided about already stays as they are and is left out, but for
   * those that waited and whose time has come. One that went before may come again: it lost its place to another and got it back.
   */
  decide(client: pg.PoolClient, run: GatedRun, people: readonly Candidate[], now: Date): Promise<Decided[]>;
  /**
   * Asks again, in the transaction that notes a message as being handed over: by `candidateKey`, who may go. Who is not in the answer
   * is decided otherwise by now (refused, erased, merged, or their place went to another) and their message is dropped; a place that
   * was lost comes back by `dueAgain`. Until that transaction ends nobody can refuse, so what commits before it is kept.
   */
  stillMay(client: pg.PoolClient, run: GatedRun, people: readonly { customerNo: number; occasion: string }[], now: Date): Promise<Map<string, LastWord>>;
  /** How many people a message of marketing would not reach at a moment, by the first check that stops each; who waits is reached later. */
  reach(meant: Meant, at: Date): Promise<Stopped[]>;
  /** Who of these people refused to be shown what is chosen for them: their message of marketing is what everybody gets (个人信息保护法, article 24). */
  plainOf(client: pg.PoolClient, run: Pick<GatedRun, 'channel' | 'purpose'>, personNos: readonly number[]): Promise<ReadonlySet<number>>;
  /** Nothing reached these people after all: they have no address, or it was refused. What their message would have taken from others is free. */
  release(client: pg.PoolClient, run: Pick<GatedRun, 'runNo' | 'occasionOn'>, people: readonly { customerNo: number; occasion: string }[], now: Date): Promise<void>;
  /** People of a run who waited and whose time has come, to be decided about again. A run is not done while any of its people wait. */
  dueAgain(client: pg.PoolClient, run: Pick<GatedRun, 'runNo' | 'occasionOn'>, now: Date, most: number): Promise<Candidate[]>;
  /** Somebody wants no more marketing of a channel, or of any: in force in all queues as soon as the caller's transaction is. */
  optOut(client: pg.PoolClient, out: OptOut): Promise<void>;
  /** Puts a person or an address on the list of those that nothing goes to. Put there twice it stands once. */
  suppress(client: pg.PoolClient, suppression: Suppression): Promise<void>;
  /** For how many months it is kept who was decided about how. */
  keptMonths(): Promise<number>;
  registerBudget(budget: Budget): void;
  /** Programs are named in the ledger by the domains that they are of. */
  registerPrograms(source: ProgramSource): void;
  /** What these programs are called; a name is null where its domain is not there, or knows no such program. */
  programNames(programs: readonly { kind: GatedRun['programKind']; no: number }[]): Promise<(program: { kind: GatedRun['programKind']; no: number }) => { name: string | null }>;
  /** Has a way out that somebody took by a message told to whoever keeps what became of it. */
  onOptOut(taker: (client: pg.PoolClient, message: MessageOf, at: Date) => Promise<void>): void;
}

/** What programs of a kind are called, and the page that shows each. */
export interface ProgramSource {
  kind: GatedRun['programKind'];
  namesOf(programNos: readonly number[]): Promise<Map<number, { name: string; path: string }>>;
}

/** A person by the number, or whoever has an address: also one that nobody known has, or has yet. */
export type Whom = { customerNo: number } | { address: string };

export interface OptOut {
  whom: Whom;
  /** Null: all of them. */
  channel: ChannelKind | null;
  /** Where it was said: `sms reply`, `one-click`. */
  source: string;
  /** What proves it; never personal data. */
  evidence?: Readonly<Record<string, unknown>>;
  at: Date;
}

export interface Suppression {
  whom: Whom;
  channel: ChannelKind;
  /** An address that does not exist any more gets nothing; after a complaint messages of service still go. */
  reason: 'hard_bounce' | 'complaint';
  /** Who says so: `provider ses`. */
  by: string;
  at: Date;
}

/** What messages of a program may cost. */
export interface Budget {
  /** How many of so many more messages a run may send, put aside in the caller's transaction. */
  affords(client: pg.PoolClient, run: GatedRun, wanted: number, now: Date): Promise<number>;
}

/** A run to be begun. Begun twice with the same program, step and occasion it is one. */
export interface NewRun extends Omit<GatedRun, 'runNo' | 'occasionOn'> {
  step: string;
  occasion: string;
  /** Each arm with whom it means; they share nobody. */
  arms: { key: string; isControl: boolean; templateNo: number | null; templateVersion: number | null; people: Bitmap }[];
  experimentNo: number | null;
  sendFrom: Date;
  perMinute: number | null;
  by: string;
}

/** What may be told of a message after it was handed over. */
export const toldKinds = ['delivered', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed', 'replied'] as const;
export type ToldKind = (typeof toldKinds)[number];

/** A message of a run to somebody. */
export interface MessageOf {
  runNo: number;
  customerNo: number;
  occasion: string;
}

/** The pipeline: freeze, gate in batches, render, hand over, receipts. */
export interface Sending {
  /** Of a demonstration brand: a run as it would have gone at a moment that is over, decided by the gate as of then. Nothing of it ever left. */
  replay(client: pg.PoolClient, run: NewRun, at: Date): Promise<number>;
  begin(client: pg.PoolClient, run: NewRun): Promise<number>;
  pause(client: pg.PoolClient, runNo: number): Promise<void>;
  resume(client: pg.PoolClient, runNo: number): Promise<void>;
  /** Final: what is not handed over never is. */
  cancel(client: pg.PoolClient, runNo: number): Promise<void>;
  progress(runNos: readonly number[]): Promise<Map<number, RunProgress>>;
  notOver(runNos: readonly number[]): Promise<Set<number>>;
  /** Whom each arm of a run means, in the order of its arms. */
  peopleOf(runNo: number): Promise<Bitmap[]>;
  /** Takes what was seen of a message here, as a way out that was taken, in the caller's transaction: once, however often it is told. */
  tell(client: pg.PoolClient, kind: ToldKind, message: MessageOf, at: Date): Promise<void>;
}
/** Numbers of people. */
export interface RunCounts {
  people: number;
  decided: Partial<Record<Verdict, number>>;
  /** Of those who do not get it, or not yet. */
  reasons: Partial<Record<Reason, number>>;
  queued: number; handed: number; refused: number; unknown: number;
  /** What was handed over cost, by the accounts' prices and what providers told, and of how many messages that is known. */
  cost: string;
  priced: number;
  /** Who told of it at least once. Openings by programs that fetch pictures of every mail are counted apart. */
  told: Partial<Record<ToldKind | 'opened_by_machine', number>>;
}
export interface RunProgress extends RunCounts {
  state: 'waiting' | 'running' | 'paused' | 'done' | 'cancelled';
  /** Why it was paused though nobody did that: a code of a problem. */
  trouble: string | null;
  sendFrom: Date;
  /** Each arm's, in their order. */
  arms: RunCounts[];
  /** Of large runs numbers are counted in the background. */
  computedAt: Date;
}
