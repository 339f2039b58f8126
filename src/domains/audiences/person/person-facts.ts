import type { Day } from '../../../kernel/day.ts';
import type { ConsentChannel, ConsentPurpose, IdentifierKind } from '../../customers/contract.ts';

/** The value of a field: text, a number in ten-thousandths, a moment in epoch milliseconds, a day, as the field's type says. */
export type FieldValue = string | bigint | number | Day;

/** A line of an order or of a refund. Quantities and money in ten-thousandths; those of a refund are negative. */
export interface LineFact {
  atMs: number;
  kind: 'sale' | 'refund';
  /** The same for all lines of one order. */
  orderKey: string;
  product: string;
  category: string;
  brand: string;
  channel: string;
  region: string;
  unitPrice: bigint;
  quantity: bigint;
  amount: bigint;
}

export interface EventFact {
  atMs: number;
  /** Texts of properties by their path; one that is absent says nothing. */
  properties: ReadonlyMap<string, string>;
}

/**
 * What rules can ask of one person who is a customer today, under the number they count for and with the
 * facts of everybody who became part of them. Only what the rules at hand need has to be there.
 */
export interface PersonFacts {
  customerNo: number;
  /** Values by the field's name; a field without a value is absent. */
  fields: ReadonlyMap<string, FieldValue>;
  tags: ReadonlySet<number>;
  /** What counts of what they said: `sms/marketing/granted`. */
  consents: ReadonlySet<string>;
  identifierKinds: ReadonlySet<IdentifierKind>;
  /** Oldest first. */
  lines: readonly LineFact[];
  /** By the event's name, oldest first. */
  events: ReadonlyMap<string, readonly EventFact[]>;
  /** Audiences and lists they are in, as `audienceKey` and `listKey` name them. */
  memberOf: ReadonlySet<string>;
}

export const consentKey = (channel: ConsentChannel, purpose: ConsentPurpose, state: 'granted' | 'withdrawn'): string => `${channel}/${purpose}/${state}`;
export const audienceKey = (audienceId: number, on: Day | null): string => `audience ${audienceId} ${on ?? 'now'}`;
export const listKey = (listId: number): string => `list ${listId}`;

/** Somebody of whom nothing is known. */
export const nobodysFacts = (customerNo: number): PersonFacts => ({
  customerNo, fields: new Map(), tags: new Set(), consents: new Set(), identifierKinds: new Set(), lines: [], events: new Map(), memberOf: new Set(),
});
