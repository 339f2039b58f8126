import { may, type Actor } from '../../../../kernel/actor.ts';
import { looksPersonal } from '../../../customers/contract.ts';
import { fieldOf } from '../../mapping/fields.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { DryRun } from '../check/dry-run-result.ts';

/** Shows a cell to a person: column by its name, text as it stands in the file. */
export type ShowCell = (column: string | null, text: string) => string;

/**
 * For those who may see personal data, cells as they are. For the others, what a mapping says is
 * personal, and whatever looks like a phone, an address or an identity number, keeps its first
 * character only.
 */
export function cellsFor(actor: Actor, mapping: Mapping | null): ShowCell {
  if (may(actor, 'customers.reveal')) return (_column, text) => text;
  const personal = new Set((mapping?.columns ?? [])
    .filter(({ field }) => mapping && fieldOf(mapping.kind, field)?.personal).map(({ column }) => column));
  return (column, text) => (text !== '' && ((column !== null && personal.has(column)) || looksPersonal(text)) ? `${[...text][0]}***` : text);
}

/** A dry run whose first rejected rows are shown as `show` says; `columns` are the file's. */
export const maskedDryRun = (found: DryRun, columns: readonly string[], show: ShowCell): DryRun => ({
  ...found,
  firstRejected: found.firstRejected.map((row) => ({
    ...row,
    ...(row.text === undefined ? {} : { text: show(null, row.text) }),
    cells: row.cells?.map((text, index) => show(columns[index] ?? null, text)) ?? null,
    faults: row.faults.map((fault) => ({ ...fault, value: show(fault.column, fault.value) })),
  })),
});
