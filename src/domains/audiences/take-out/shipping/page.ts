import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { encodeBitmap } from '../../../../kernel/bitmap/portable-write.ts';
import type { PeopleText } from './people-text.ts';
import type { Progress } from './shipment.ts';

/** A part of the members that is sent at once. */
export interface Page {
  body: Buffer;
  people: number;
  untilNo: number;
  isLast: boolean;
}

/** How many people are looked up at once. */
export const peopleAtOnce = 1_000;

/** The page after what has arrived: up to where it reached when it was first sent, or until it has so many bytes. */
export async function nextPage(text: PeopleText, members: Bitmap, { pageNo, afterNo, untilNo }: Progress, leastBytes: number): Promise<Page> {
  const pieces = pageNo === 0 ? [Buffer.from(text.head)] : [];
  const first = members.rank(afterNo);
  const end = untilNo === null ? members.size : members.rank(untilNo);
  let at = first;
  let reached = untilNo ?? afterNo;
  for (let bytes = 0; at < end && (untilNo !== null || bytes < leastBytes);) {
    const numbers = members.slice(at, Math.min(peopleAtOnce, end - at));
    const piece = Buffer.from(await text.lines([...numbers]));
    pieces.push(piece);
    bytes += piece.length;
    at += numbers.length;
    if (untilNo === null) reached = numbers[numbers.length - 1];
  }
  return { body: Buffer.concat(pieces), people: at - first, untilNo: reached, isLast: at >= members.size };
}

/** All members at once: the format holds ten millions in little more than a mebibyte. */
export function bitmapPage(members: Bitmap): Page {
  const bytes = encodeBitmap(members);
  return { body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), people: members.size, untilNo: members.size === 0 ? 0 : (members.at(members.size - 1) ?? 0), isLast: true };
}
