import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../kernel/problem.ts';

const contentSchema = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Major version of PostgreSQL. */
  postgres: z.string(),
  /** The write-ahead log in the backup, from the first position recovery needs to the one that makes it consistent. */
  walFrom: z.string(),
  walTo: z.string(),
  /** Folders, empty ones included, and files, by their path in the backup. */
  folders: z.array(z.string()),
  files: z.array(z.object({ path: z.string(), bytes: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});

/** What a backup holds. It is written last: a backup without it was not finished. */
export type Manifest = z.infer<typeof contentSchema>;
export type ManifestFile = Manifest['files'][number];

const fileOf = (folder: string): string => join(folder, 'manifest.json');
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The manifest's text, with its own digest on the line before. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = JSON.stringify(manifest);
  const draft = `${fileOf(folder)}.draft`;
  await writeFile(draft, `${digestOf(text)}\n${text}\n`, { mode: 0o600, flush: true });
  await rename(draft, fileOf(folder));
}

/** Throws `platform.backup_incomplete` where there is none and `platform.backup_damaged` where it is not as it was written. */
export async function readManifest(folder: string): Promise<Manifest> {
  const whole = await readFile(fileOf(folder), 'utf8').catch((cause: unknown) => {
    throw new Problem('platform.backup_incomplete', { params: { folder }, cause });
  });
  const [digest, text = ''] = whole.split('\n');
  if (digest !== digestOf(text)) throw new Problem('platform.backup_damaged', { params: { file: fileOf(folder) } });
  const parsed = contentSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Problem('platform.backup_newer', { params: { folder } });
  for (const { path } of parsed.data.files) if (!isInside(path)) throw new Problem('platform.backup_damaged', { params: { file: path } });
  return parsed.data;
}

/** Nothing in a backup may be put anywhere but below the folder it is restored to. */
const isInside = (path: string): boolean => !path.startsWith('/') && !path.split('/').includes('..');
