import { consentChannelOf } from '../../mapping/guess/consent-channel.ts';
import type { ColumnMapping, Mapping } from '../../mapping/mapping.ts';

/** A mapping a person is working on: of the right shape, though it may lack what it needs to be used. */
export type Draft = Mapping;

/** What a file's column means in a draft; undefined where it is left out. */
export const columnOf = (draft: Draft, column: string): ColumnMapping | undefined => draft.columns.find((one) => one.column === column);

/**
 * The draft with a column given a meaning, or none. A field that can be meant once leaves the
 * column it was on.
 */
export function withMeaning(draft: Draft, column: string, field: string | null, repeatable: boolean): Draft {
  const others = draft.columns.filter((one) => one.column !== column && (repeatable || one.field !== field));
  if (field === null) return { ...draft, columns: others };
  const before = columnOf(draft, column);
  const options = field === 'attribute' ? { attribute: before?.attribute ?? { name: column.slice(0, 64), type: 'text' as const } }
    : field === 'consent' ? { consent: before?.consent ?? { channel: consentChannelOf(column) ?? 'sms', purpose: 'marketing' } } : {};
  return { ...draft, columns: [...others, { column, field, ...options, ...(before?.wholeNumber ? { wholeNumber: true } : {}) }] };
}

/** The draft with the options of a column changed. */
export const withOptions = (draft: Draft, column: string, options: Partial<ColumnMapping>): Draft => ({
  ...draft, columns: draft.columns.map((one) => (one.column === column ? { ...one, ...options } : one)),
});

/** The draft with the beginning of refunded order numbers set, or none. */
export function withRefundPrefix(draft: Draft, prefix: string): Draft {
  const others = draft.rules.refundWhen.filter((rule) => rule.when !== 'order_id_starts_with');
  return { ...draft, rules: { ...draft.rules, refundWhen: prefix === '' ? others : [...others, { when: 'order_id_starts_with', prefix }] } };
}

export const refundPrefixOf = (draft: Draft): string =>
  draft.rules.refundWhen.flatMap((rule) => (rule.when === 'order_id_starts_with' ? [rule.prefix] : []))[0] ?? '';

type SignRule = 'quantity_negative' | 'amount_negative';

export const hasRule = (draft: Draft, when: SignRule): boolean => draft.rules.refundWhen.some((rule) => rule.when === when);

/** The draft with one of the rules about signs on or off. */
export function withRule(draft: Draft, when: SignRule, on: boolean): Draft {
  const others = draft.rules.refundWhen.filter((rule) => rule.when !== when);
  return { ...draft, rules: { ...draft.rules, refundWhen: on ? [...others, { when }] : others } };
}
