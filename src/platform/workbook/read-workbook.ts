import { inflateRawSync } from 'node:zlib';
import readExcel from 'read-excel-file/node';

/** What stands in a cell: a number as it is written in the file, so that no decimal is lost; a day as a Date. */
export type ReadCell = string | { number: string } | Date | boolean | null;

export interface ReadSheet {
  title: string;
  rows: ReadCell[][];
  /** `B2:C4`: in such a range only the first cell has a value. */
  merged: string[];
}

/** The file is no workbook, or unpacks to more than anybody wrote by hand. */
export class UnreadableWorkbook extends Error {}

/** A file of a few megabytes can be made to unpack to thousands. */
const mostUnpackedBytes = 30_000_000;
const mostParts = 1_000;

/** Reads the first sheet of a workbook (.xlsx). */
export async function readFirstSheet(bytes: Buffer): Promise<ReadSheet> {
  const parts = unpack(bytes);
  const first = firstSheetPart(parts);
  const read = await readExcel<{ number: string }>(bytes, { parseNumber: (number) => ({ number }) }).catch((cause: unknown) => {
    throw new UnreadableWorkbook('its sheets cannot be read', { cause });
  });
  const [{ sheet, data }] = read as { sheet: string; data: ReadCell[][] }[];
  return { title: sheet, rows: data, merged: [...(parts.get(first) ?? '').matchAll(/<mergeCell\s[^>]*ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"/g)].map(([, ref]) => ref) };
}

/** The sheet that stands first in the book, whatever its file is called. */
function firstSheetPart(parts: ReadonlyMap<string, string>): string {
  const id = /<sheet\s[^>]*r:id="([^"]+)"/.exec(parts.get('xl/workbook.xml') ?? '')?.[1];
  const relation = [...(parts.get('xl/_rels/workbook.xml.rels') ?? '').matchAll(/<Relationship\s[^>]*>/g)].map(([text]) => text).find((text) => text.includes(`Id="${id}"`));
  const target = /Target="\/?(?:xl\/)?([^"]+)"/.exec(relation ?? '')?.[1];
  return `xl/${target ?? 'worksheets/sheet1.xml'}`;
}

/** The text parts of an archive by their names (APPNOTE.TXT 4.3.12), never more than fits. */
function unpack(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 20 > archive.length) throw new UnreadableWorkbook('it is no archive');
  const count = archive.readUInt16LE(end + 10);
  if (count > mostParts) throw new UnreadableWorkbook('it has too many parts');
  const parts = new Map<string, string>();
  let left = mostUnpackedBytes;
  let at = archive.readUInt32LE(end + 16);
  try {
    for (let i = 0; i < count; i++) {
      const [method, packed, nameLength, extraLength, commentLength, local] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32), archive.readUInt32LE(at + 42)];
      const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
      at += 46 + nameLength + extraLength + commentLength;
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const content = archive.subarray(start, start + packed);
      const unpacked = method === 0 ? content : inflateRawSync(content, { maxOutputLength: Math.max(1, left) });
      left -= unpacked.length;
      if (left < 0) throw new UnreadableWorkbook('it unpacks to too much');
      if (/\.(xml|rels)$/.test(name)) parts.set(name, unpacked.toString('utf8'));
    }
  } catch (cause) {
    throw cause instanceof UnreadableWorkbook ? cause : new UnreadableWorkbook('it is damaged, or unpacks to too much', { cause });
  }
  return parts;
}

/** `B3` of the second column's third row; both counted from 0. */
export function cellName(column: number, row: number): string {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return `${letters}${row + 1}`;
}
