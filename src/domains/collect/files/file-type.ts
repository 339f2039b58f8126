import { fileProblem } from './file-problem.ts';
import type { Problem } from '../../../kernel/problem.ts';

export type TextOrParquet = 'text' | 'parquet';

/** Magic bytes of what people upload by mistake, and what to tell them. */
const foreign: { magic: number[]; problem: () => Problem }[] = [
  // XLSX files are ZIP archives, and are by far the likeliest of these.
  { magic: [0x50, 0x4b, 0x03, 0x04], problem: () => fileProblem('file_is_spreadsheet') },
  { magic: [0x50, 0x4b, 0x05, 0x06], problem: () => fileProblem('file_is_archive') },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], problem: () => fileProblem('file_is_spreadsheet') },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], problem: () => fileProblem('file_is_archive') },
  { magic: [0x52, 0x61, 0x72, 0x21], problem: () => fileProblem('file_is_archive') },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], problem: () => fileProblem('file_compression_unknown') },
  { magic: [0x42, 0x5a, 0x68], problem: () => fileProblem('file_compression_unknown') },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], problem: () => fileProblem('file_compression_unknown') },
  { magic: [0x25, 0x50, 0x44, 0x46], problem: () => fileProblem('file_type_unknown') },
];
const parquetMagic = [0x50, 0x41, 0x52, 0x31];

const startsWith = (head: Buffer, magic: number[]) => magic.every((byte, i) => head[i] === byte);

/**
 * Tells Parquet from text by the first bytes, never by the name. Throws the Problem that says
 * what to do for a spreadsheet, an archive, another compression or an empty file.
 */
export function detectType(head: Buffer): TextOrParquet {
  if (head.length === 0) throw fileProblem('file_empty');
  if (startsWith(head, parquetMagic)) return 'parquet';
  for (const { magic, problem } of foreign) {
    if (startsWith(head, magic)) throw problem();
  }
  return 'text';
}

/** Tells JSON Lines from CSV by the first characters, and refuses web pages and JSON arrays. */
export function detectTextFormat(start: string): 'csv' | 'json_lines' {
  const text = start.trimStart();
  if (text === '') throw fileProblem('file_empty');
  if (/^<(!doctype|html|table|\?xml|head|body)/i.test(text)) throw fileProblem('file_is_html');
  if (/^\[\s*[{\]]/.test(text)) throw fileProblem('file_is_json_array');
  if (/^\{\s*["}]/.test(text)) return 'json_lines';
  // UTF-16 is decoded by now. A stray NUL happens in exports; many control characters are no text.
  const controls = text.match(/[\x00-\x08\x0e-\x1f]/g)?.length ?? 0;
  if (controls > 2 + text.length / 100) throw fileProblem('file_type_unknown');
  return 'csv';
}
