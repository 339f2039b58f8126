import type { DryRun, ImportSummary } from '../../domains/collect/imports/contract.ts';
import type { Speech } from '../terminal/speech.ts';

const faultsShown = 10;

type FaultCount = DryRun['faults'][number];
type RejectedRow = DryRun['firstRejected'][number];

/** What a dry run found, line by line. */
export function dryRunLines(found: DryRun, speech: Speech): string[] {
  const { counts } = found;
  const lines = [speech.say(found.wholeFile ? 'check.whole' : 'check.beginning', { rows: speech.number(counts.rows) }), ...countLines(counts, speech)];
  if (found.net !== undefined) lines.push(speech.say('check.net', { net: found.net, refunds: speech.number(found.refunds ?? 0) }));
  if (found.from && found.to) lines.push(speech.say('check.period', { from: found.from.slice(0, 10), to: found.to.slice(0, 10) }));
  return [...lines, ...faultLines(found.faults, speech), ...found.firstRejected.slice(0, faultsShown).flatMap((row) => rejectedLines(row, speech))];
}

/** What an import brought, line by line. */
export function summaryLines(summary: ImportSummary, speech: Speech): string[] {
  const { counts, orders, events } = summary;
  const rate = Math.round(counts.rows / Math.max(summary.seconds, 0.001));
  const lines = [
    speech.say('done', { rows: speech.number(counts.rows), seconds: speech.number(summary.seconds), rate: speech.number(rate) }),
    ...countLines(counts, speech),
    speech.say('summary.customers', { created: speech.number(summary.newCustomers), identifiers: speech.number(summary.newIdentifiers) }),
  ];
  if (orders) {
    lines.push(speech.say('summary.orders', {
      lines: speech.number(orders.lines), orders: speech.number(orders.orders), refunds: speech.number(orders.refundOrders),
      customers: speech.number(orders.customers), net: orders.net, currency: summary.currency,
      nobody: speech.number(orders.linesWithoutCustomer),
    }));
  }
  if (events) {
    lines.push(speech.say('summary.events', {
      events: speech.number(events.events), customers: speech.number(events.customers), nobody: speech.number(events.eventsWithoutCustomer),
    }));
  }
  if (summary.changed !== undefined) lines.push(speech.say('summary.changed', { changed: speech.number(summary.changed) }));
  return [...lines, ...faultLines(summary.faults, speech)];
}

/** Only what there is any of. */
function countLines(counts: ImportSummary['counts'], speech: Speech): string[] {
  const named = ['accepted', 'rejected', 'unpaid', 'repeated', 'withoutCustomer', 'valuesLeftOut'] as const;
  return named.filter((name) => name === 'accepted' || counts[name] > 0).map((name) => `  ${speech.say(`counts.${name}`, { n: speech.number(counts[name]) })}`);
}

const faultLines = (faults: FaultCount[], speech: Speech): string[] =>
  faults.slice(0, faultsShown).map(({ column, failure, rows, rejected }) => {
    const reason = speech.sayOf('collect', `row.${failure}`, { value: '…', column });
    return `  ${speech.say(rejected ? 'fault.rejected' : 'fault.left_out', { rows: speech.number(rows), column: column ?? '—', reason })}`;
  });

const rejectedLines = ({ rowNumber, faults }: RejectedRow, speech: Speech): string[] =>
  faults.map((fault) => {
    const reason = speech.sayOf('collect', `row.${fault.failure}`, { value: fault.value, column: fault.column });
    return `  ${speech.sayOf('collect', fault.column === null ? 'row_at.row' : 'row_at.column', { row: rowNumber, column: fault.column, reason })}`;
  });
