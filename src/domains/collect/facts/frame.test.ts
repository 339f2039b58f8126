import { appendFileSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeFrames, encodeFrame, type Frame, frameRows, makeFrame } from './frame.ts';
import { RowBinaryWriter } from './row-binary.ts';
import { cutTornTails, openSegmentWriter, readPlace } from './segment-folder.ts';
import { createTurns } from './turns.ts';

const frameOf = (bytes: Uint8Array, batchNo = 1): Promise<Frame> =>
  makeFrame(batchNo, 0, { table: 'event', columns: ['event_id', 'name'], rowCount: 1, byteLength: bytes.length, bytes: () => Buffer.from(bytes) });

describe('a frame', () => {
  it('comes back as it was, alone or among others', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 }), async (bodies) => {
      const frames = await Promise.all(bodies.map((body, i) => frameOf(body, i + 1)));
      const back = decodeFrames(Buffer.concat(frames.map(encodeFrame)));
      expect(back).toEqual(frames);
      expect(back.map((frame) => Uint8Array.from(frameRows(frame)))).toEqual(bodies);
    }));
  });

  it('is refused when any byte of it is another, or the end is missing', async () => {
    const bytes = encodeFrame(await frameOf(Buffer.from('some rows that are long enough')));
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] ^= 4;
      expect(() => decodeFrames(changed), `byte ${at}`).toThrow('collect.fact_log_damaged');
      expect(() => decodeFrames(bytes.subarray(0, Math.max(1, at))), `cut at ${at}`).toThrow('collect.fact_log_damaged');
    }
  });
});

describe('RowBinary', () => {
  const read = (write: (out: RowBinaryWriter) => void): Buffer => {
    const out = new RowBinaryWriter();
    write(out);
    return Buffer.from(out.bytes());
  };

  it('writes whole numbers little endian, negative ones as two’s complement', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (n) => {
      expect(read((out) => out.int64(n)).readBigInt64LE()).toBe(BigInt(n));
    }));
    fc.assert(fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (n) => {
      expect(read((out) => out.bigInt64(n)).readBigUInt64LE()).toBe(BigInt.asUintN(64, n));
    }));
    expect(read((out) => out.uint32(4_294_967_295)).readUInt32LE()).toBe(4_294_967_295);
  });

  it('writes texts with their length in bytes, however long, beyond its first memory', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer({ min: 30, max: 200_000 }).map((n) => '茶a'.repeat(n)));
    fc.assert(fc.property(text, (given) => {
      const bytes = read((out) => out.string(given));
      let [length, shift, at] = [0, 0, 0];
      do length |= (bytes[at] & 127) << shift;
      while (bytes[at++] >= 128 && (shift += 7));
      expect(length).toBe(bytes.length - at);
      expect(bytes.subarray(at).toString('utf8')).toBe(given.toWellFormed());
    }), { numRuns: 60 });
  });

  it('writes a UUID the same from its bytes and from its digits', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const hex = Buffer.from(bytes).toString('hex');
      expect(read((out) => out.uuid(hex))).toEqual(read((out) => out.uuid(bytes)));
    }));
  });

  it('keeps its memory when cleared', () => {
    const out = new RowBinaryWriter();
    out.string('x'.repeat(100_000));
    out.clear();
    out.uint8(7);
    expect([...out.bytes()]).toEqual([7]);
  });
});

describe('segment files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'perennial-segments-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('give back what was appended, by two writers at once in files of their own', async () => {
    const writers = [openSegmentWriter(folder, 1), openSegmentWriter(folder, 2)];
    const bodies = Array.from({ length: 20 }, (_, i) => Buffer.alloc(i + 1, i));
    const places = await Promise.all(bodies.map((body, i) => writers[i % 2].append(body)));
    await Promise.all(writers.map((writer) => writer.sync()));
    for (const [i, place] of places.entries()) expect(await readPlace(folder, place)).toEqual(bodies[i]);
    await Promise.all(writers.map((writer) => writer.close()));
    expect(readdirSync(folder).sort()).toEqual(['00000001-000001.facts', '00000002-000001.facts']);
  });

  it('begin a new file when one is full', async () => {
    const writer = openSegmentWriter(folder, 3);
    const large = Buffer.alloc(33 * 2 ** 20, 1);
    const files = new Set<string>();
    for (let i = 0; i < 4; i++) files.add((await writer.append(large)).file);
    await writer.close();
    expect(files.size).toBe(2);
  });

  it('lose what a crash left behind their registered end, and nothing before it', async () => {
    const writer = openSegmentWriter(folder, 4);
    const place = await writer.append(Buffer.from('registered'));
    await writer.append(Buffer.from('not registered'));
    await writer.close();
    appendFileSync(join(folder, '00000005-000001.facts'), 'nothing registered');
    appendFileSync(join(folder, 'notes.txt'), 'not ours');
    await cutTornTails(folder, new Map([[place.file, place.byteLength]]));
    expect(readdirSync(folder).sort()).toEqual([place.file, 'notes.txt']);
    expect((await readPlace(folder, place)).toString()).toBe('registered');
    truncateSync(join(folder, place.file), 4);
    await expect(readPlace(folder, place)).rejects.toMatchObject({ code: 'collect.fact_log_damaged' });
    await expect(readPlace(folder, { ...place, file: 'gone.facts' })).rejects.toMatchObject({ code: 'collect.fact_log_damaged' });
  });
});

describe('turns', () => {
  it('run work in order, also after a failure', async () => {
    const inTurn = createTurns();
    const seen: number[] = [];
    const work = [3, 1, 2].map((n) => inTurn(async () => {
      await new Promise((done) => setTimeout(done, n));
      seen.push(n);
      if (n === 1) throw new Error('one');
      return n;
    }));
    expect(await Promise.allSettled(work)).toMatchObject([{ value: 3 }, { status: 'rejected' }, { value: 2 }]);
    expect(seen).toEqual([3, 1, 2]);
  });
});
