import { fullContainer, type Container } from './container.ts';

/** The numbers of the portable Roaring format (RoaringFormatSpec). All of it is little endian, as is every machine this runs on. */
export const cookie = 12_346;
export const cookieWithRuns = 12_347;
/** A bitmap with runs says where its containers begin from this many on; one without runs always does. */
export const offsetsFrom = 4;
export const wordsBytes = 8192;

/**
 * A run of 4 bytes can become 8 KiB of memory. Runs of so many bytes in memory are written and read, which is the range of
 * 536 million numbers; what is beyond is written as bits. So a few bytes from outside cannot ask for much memory.
 */
export const inflatedBytesMax = 64 * 2 ** 20;

/** Bytes of a container as values or bits. */
export const plainBytes = ({ words, values }: Container): number => (words ?? values).byteLength;

/** What a container takes of memory when it was written as runs. */
export const inflatedBytes = (container: Container): number => (container === fullContainer ? 0 : plainBytes(container));
