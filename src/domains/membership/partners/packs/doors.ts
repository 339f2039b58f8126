import type { Platform } from '../../../../platform/platform.ts';
import type { AuditEntry } from '../../../access/public.ts';
import type { CodeBook } from '../codes/keep-codes.ts';

/** What commands on packs need of the world. */
export interface PackDoors {
  platform: Pick<Platform, 'pg' | 'clock'>;
  book: CodeBook;
}

/** A command of somebody's: by its key once, for ever. */
export interface PackCommand {
  key: string;
  /** Who is named in the ledger. */
  by: string;
  at: Date;
  audit?: ((outcome: object) => AuditEntry) | undefined;
}
