import { z } from 'zod';
import { fieldOf, identityFields, importKinds } from './fields.ts';
import type { ImportKind } from './fields.ts';

/** How the values of a custom attribute are read. */
export const attributeTypes = ['text', 'number', 'day', 'time', 'boolean'] as const;

const columnMapping = z.object({
  /** The column's name in the file. */
  column: z.string().min(1).max(200),
  field: z.string().min(1).max(64),
  /** Identifiers that a spreadsheet made floats of: `17850.0` is `17850`. */
  wholeNumber: z.boolean().optional(),
  /** For `attribute`: what it is called and how it is read; `words` says what values stand for (`{"0": "male"}`). */
  attribute: z
    .object({
      name: z.string().trim().min(1).max(64),
      type: z.enum(attributeTypes),
      words: z.record(z.string().max(200), z.string().max(200)).optional(),
    })
    .optional(),
  /** For `consent`: what a yes allows. */
  consent: z.object({ channel: z.string().min(1).max(32), purpose: z.string().min(1).max(32) }).optional(),
});
export type ColumnMapping = z.infer<typeof columnMapping>;

const refundRule = z.discriminatedUnion('when', [
  z.object({ when: z.literal('order_id_starts_with'), prefix: z.string().min(1).max(20) }),
  z.object({ when: z.literal('quantity_negative') }),
  z.object({ when: z.literal('amount_negative') }),
]);
export type RefundRule = z.infer<typeof refundRule>;

const rules = z.object({
  /** A row is a refund when any of these holds, besides what an `order_kind` column says. */
  refundWhen: z.array(refundRule).max(10).default([]),
  /**
   * Whether `paid_amount` is what is left after `refund_amount` (as in Tmall's reports, where a
   * refunded order shows 0 paid) or what was paid at first.
   */
  paidAmount: z.enum(['after_refund', 'before_refund']).default('before_refund'),
  /** What an order with an empty `paid_at` is: placed but not paid is no sale, unless said otherwise. */
  unpaid: z.enum(['skip', 'keep']).default('skip'),
});

const timeZone = z.string().max(64).refine(isTimeZone, 'time_zone_unknown');

/** The source of files that name none: the brand's own shop, whose customer numbers trackers and the API tell too. */
export const ownSource = 'default';

/**
 * What the columns of a file mean: made by a guess, corrected by a person, saved and offered
 * again for the next file with the same columns. Browser-safe.
 */
export const mappingSchema = z
  .object({
    version: z.literal(1),
    kind: z.enum(importKinds),
    /** The zone of clock times without an offset. */
    timeZone,
    dateOrder: z.enum(['day_first', 'month_first']),
    currency: z.string().regex(/^[A-Z]{3}$/),
    /** The shop or system the file comes from, `ownSource` for the brand's own: order and customer numbers are unique within it. */
    source: z.string().trim().min(1).max(64),
    /** The app or corporation that open ids are valid in, where it is not called as the source. */
    openIdsOf: z.string().trim().min(1).max(64).optional(),
    columns: z.array(columnMapping).max(1000),
    /** Values for fields without a column or with an empty cell: `{channel: "tmall"}`. Texts only. */
    defaults: z.record(z.string().max(64), z.string().max(200)).default({}),
    rules: rules.default(rules.parse({})),
    /** What a row equal to an earlier one (same order and line number; without a line number, the same in all cells) is. */
    duplicates: z.enum(['keep', 'skip']).default('keep'),
  })
  .superRefine(({ kind, columns, defaults }, context) => {
    for (const { path, message } of mappingFaults(kind, columns, defaults)) {
      context.addIssue({ code: 'custom', path, message });
    }
  });
export type Mapping = z.infer<typeof mappingSchema>;

interface Fault {
  path: (string | number)[];
  message: string;
}

function mappingFaults(
  kind: ImportKind,
  columns: ColumnMapping[],
  defaults: Record<string, string>,
): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  columns.forEach(({ field: name, attribute, consent }, index) => {
    const field = fieldOf(kind, name);
    const fault = (message: string) => faults.push({ path: ['columns', index, 'field'], message });
    if (!field) fault('field_unknown');
    else if (!field.repeatable && seen.has(name)) fault('field_mapped_twice');
    if (name === 'attribute' && !attribute) fault('attribute_name_required');
    if (name === 'consent' && !consent) fault('consent_purpose_required');
    seen.add(name);
  });
  for (const name of Object.keys(defaults)) {
    const type = fieldOf(kind, name)?.type;
    if (type !== 'text' && type !== 'region' && type !== 'currency') {
      faults.push({ path: ['defaults', name], message: 'default_not_allowed' });
    }
  }
  for (const wanted of neededFields[kind]) {
    if (!wanted.some((name) => seen.has(name) || name in defaults)) {
      faults.push({ path: ['columns'], message: `field_needed.${wanted[0]}` });
    }
  }
  return faults;
}

/** Of each list, one field must be mapped. */
const neededFields: Record<ImportKind, readonly (readonly string[])[]> = {
  order_lines: [
    ['occurred_at', 'paid_at'],
    ['order_id', ...identityFields],
  ],
  customers: [identityFields],
  events: [['event_name'], ['occurred_at'], identityFields],
  products: [['product_id']],
};

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
