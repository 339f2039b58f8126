import { inflateRawSync } from 'node:zlib';

/** A file out of a zip archive, found by its central directory. */
export function readZipped(archive: Buffer, name: string): string {
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  for (let at = archive.readUInt32LE(end + 16); archive.readUInt32LE(at) === 0x02014b50;) {
    const [size, length, extra, comment, local] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32), archive.readUInt32LE(at + 42)];
    if (archive.toString('utf8', at + 46, at + 46 + length) === name) {
      const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      return inflateRawSync(archive.subarray(from, from + size)).toString('utf8');
    }
    at += 46 + length + extra + comment;
  }
  throw new Error(`no ${name}`);
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of a Word file, a run a line. */
export const wordText = (file: Buffer): string =>
  [...readZipped(file, 'word/document.xml').matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, run]) => run.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => named[name])).join('\n');
