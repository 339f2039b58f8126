import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running server makes anew by itself, by PostgreSQL's manual, "Making a Base Backup Using the Low Level API". */
const emptied = new Set(['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans']);
const leftOut = /^(postmaster\.(pid|opts)|pg_internal\.init|pgsql_tmp.*|backup_label(\.old)?|tablespace_map(\.old)?|backup_manifest)$/;

/** Recovery begins with it: it is copied last, when it leaves the least to be replayed. */
export const controlFile = 'global/pg_control';

export interface Listing {
  folders: string[];
  files: string[];
}

/** The folders and files of a cluster that belong into a backup, by their path in it; without the control file and the write-ahead log. */
export async function clusterFiles(cluster: string): Promise<Listing> {
  const found = await listing(cluster, '', (path, name) => !leftOut.test(name) && !emptied.has(path.split('/')[0]));
  // A slot without its state keeps a server from starting; the log's own folders have to be there.
  const folders = found.folders.filter((path) => !path.includes('/') || path.startsWith('pg_wal/') || !emptied.has(path.split('/')[0]));
  return { folders, files: found.files.filter((path) => path !== controlFile) };
}

/** Every folder and file below a folder that is wanted. Folders are listed even where their files are not wanted. */
export async function listing(root: string, below = '', wanted: (path: string, name: string) => boolean = () => true): Promise<Listing> {
  const result: Listing = { folders: [], files: [] };
  for (const entry of await entriesOf(join(root, below))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (/^pgsql_tmp/.test(entry.name)) continue;
      const inner = await listing(root, path, wanted);
      result.folders.push(path, ...inner.folders);
      result.files.push(...inner.files);
    } else if (entry.isFile() && wanted(path, entry.name)) result.files.push(path);
  }
  return result;
}

/** A folder of a dropped table may be gone by the time it is looked into. */
const entriesOf = (folder: string) =>
  readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
