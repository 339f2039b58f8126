import { fieldOf } from '../fields.ts';
import { mappingSchema, ownSource } from '../mapping.ts';
import { chooseFields } from './candidates.ts';
import { areChildren, childAttribute } from './children.ts';
import { profileColumn } from './column-profile.ts';
import { guessDateOrder, guessCurrency } from './formats.ts';
import { chooseKind } from './kind.ts';
import { guessPaidAmount, guessRefundRules } from './order-rules.ts';
import { mapLeftOver } from './left-over.ts';
import { platformOf } from './platforms.ts';
import type { FieldType, ImportKind } from '../fields.ts';
import type { Mapping } from '../mapping.ts';
import type { Candidate } from './candidates.ts';
import type { ColumnGuess, MappedGuess } from './column-guess.ts';
import type { ColumnProfile } from './column-profile.ts';

export interface GuessOptions {
  fileName: string;
  /** Epoch milliseconds. */
  now: number;
  /** The brand's zone and currency, for what the file does not tell. */
  timeZone: string;
  currency: string;
  /** Where a person has chosen. */
  kind?: ImportKind;
}

export interface MappingGuess {
  /** Null where the file lacks what every kind needs; then a person maps the columns. */
  mapping: Mapping | null;
  /** As `mapping`, though it may be incomplete: for a person to start from. */
  draft: Mapping;
  /** In the order of the file. */
  columns: ColumnGuess[];
}

/** Guesses what the columns of a file mean from their names and a sample of rows (a thousand are plenty). */
export function guessMapping(
  columns: readonly string[],
  sampleRows: readonly (readonly string[])[],
  options: GuessOptions,
): MappingGuess {
  const profiles = columns.map((_, index) => profileColumn(sampleRows.map((row) => row[index] ?? '')));
  const kind = options.kind ?? chooseKind((candidate) => chooseFields(candidate, columns, profiles));
  const chosen = chooseFields(kind, columns, profiles);
  const children =
    kind === 'customers' && areChildren(chosen, columns, profiles, options.fileName, options.now);
  const mapped = columns.map((column, index) =>
    mapColumn(
      kind,
      column,
      profiles[index],
      chosen.find((candidate) => candidate.index === index),
      children,
    ),
  );
  const cells = (field: string) => {
    const found = chosen.find((candidate) => candidate.field === field);
    return found ? sampleRows.map((row) => row[found.index] ?? '') : null;
  };
  const ofType = (...types: FieldType[]) =>
    chosen
      .filter(({ field }) => types.includes(fieldOf(kind, field)!.type))
      .map(({ index }) => profiles[index]);
  const platform = platformOf(options.fileName);
  const draft: Mapping = {
    version: 1,
    kind,
    timeZone: options.timeZone,
    dateOrder: guessDateOrder(ofType('time', 'day'), options.timeZone),
    currency: guessCurrency(ofType('decimal')) ?? options.currency,
    source: platform ?? ownSource,
    columns: mapped.flatMap(({ mapping }) => mapping ?? []),
    defaults: platform && kind === 'order_lines' && !cells('channel') ? { channel: platform } : {},
    rules: {
      refundWhen: kind === 'order_lines' ? guessRefundRules(cells) : [],
      paidAmount: guessPaidAmount(cells),
      unpaid: 'skip',
    },
    duplicates: cells('line_id') ? 'skip' : 'keep',
  };
  const checked = mappingSchema.safeParse(draft);
  return { mapping: checked.success ? checked.data : null, draft, columns: mapped.map(({ guess }) => guess) };
}

function mapColumn(
  kind: ImportKind,
  column: string,
  profile: ColumnProfile,
  chosen: Candidate | undefined,
  children: boolean,
): MappedGuess {
  if (!chosen) return mapLeftOver(kind, column, profile);
  const { field, confidence, reasons } = chosen;
  const attribute = children ? childAttribute(field, profile) : null;
  if (attribute) {
    const guess: ColumnGuess = {
      column,
      field: 'attribute',
      confidence,
      reasons: [...reasons, 'about_a_child'],
    };
    return { guess, mapping: { column, field: 'attribute', attribute } };
  }
  const wholeNumber = fieldOf(kind, field)?.type === 'id' && profile.wholeWithDecimals;
  return {
    guess: { column, field, confidence, reasons },
    mapping: { column, field, ...(wholeNumber && { wholeNumber }) },
  };
}
