import { fileProblem } from '../file-problem.ts';
import type { AsyncBuffer } from 'hyparquet';
import type { SourceFile } from '../byte-stream.ts';

/** A file as hyparquet wants it: slices read on demand. `limitBytes` bounds one slice. */
export function fileBuffer(file: SourceFile, limitBytes: number): AsyncBuffer {
  return {
    byteLength: file.sizeBytes,
    async slice(start, end = file.sizeBytes) {
      const from = start < 0 ? file.sizeBytes + start : start;
      const length = Math.max(0, Math.min(end, file.sizeBytes) - from);
      if (length > limitBytes) throw fileProblem('parquet_row_group_too_large', { limitBytes });
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length;) {
        const { bytesRead } = await file.handle.read(bytes, at, length - at, from + at);
        if (bytesRead === 0) throw fileProblem('file_damaged');
        at += bytesRead;
      }
      return bytes.buffer;
    },
  };
}
