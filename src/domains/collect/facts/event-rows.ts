import { factColumns } from './fact-tables.ts';
import { RowBinaryWriter } from './row-binary.ts';
import type { FrameRows } from './frame.ts';

/** The numbers of the column `event.kind`. */
export const eventKinds = { track: 1, page: 2, screen: 3, identify: 4, alias: 5, group: 6 } as const;
export type EventKind = keyof typeof eventKinds;

/** Something a person did or a system said, without personal data. */
export interface EventFact {
  /** 16 bytes, or their 32 hexadecimal digits in lower case. */
  eventId: Uint8Array | string;
  /** 0 when it belongs to nobody. */
  customerNo: number;
  occurredAtMs: number;
  receivedAtMs: number;
  kind: EventKind;
  name: string;
  /** A JSON object as text. */
  properties: string;
  channel: string;
  source: string;
}

/** Collects events of one batch as the bytes of a frame. `importId` is 0 for what came from a tracker. */
export function eventRows(batchNo: number, importId = 0): FrameRows<EventFact> {
  const out = new RowBinaryWriter();
  let rowCount = 0;
  return {
    table: 'event',
    columns: factColumns.event,
    get rowCount() {
      return rowCount;
    },
    get byteLength() {
      return out.length;
    },
    bytes: () => out.bytes(),
    add(fact) {
      out.uuid(fact.eventId);
      out.int64(batchNo);
      out.uint32(importId);
      out.uint32(fact.customerNo);
      out.int64(fact.occurredAtMs);
      out.int64(fact.receivedAtMs);
      out.uint8(eventKinds[fact.kind]);
      out.string(fact.name);
      out.string(fact.properties);
      out.string(fact.channel);
      out.string(fact.source);
      rowCount++;
    },
  };
}
