import type pg from 'pg';
import { isOwnId, readFormerOwnIds } from '../identifiers/former-own-ids.ts';
import { identifierKinds, type IdentifierKind } from '../identifiers/kinds.ts';
import { noteNamespaces } from '../identifiers/namespaces.ts';
import type { Vault } from '../vault/vault.ts';
import { createByteHash } from './byte-hash.ts';
import { CopyRows } from './copy-rows.ts';
import { KeyTable, newKey } from './key-table.ts';
import { Holders, learnHolders } from './holders.ts';
import { erasedOwner, type KnownIdentifiers, learn, openKnownIdentifiers, readHash } from './known-identifiers.ts';
import { NumberBlocks } from './number-blocks.ts';
import { createStaging, type StagedAttempt, stagingColumns, stagingTable } from './staging.ts';

/** A kind of identifier and the namespace in which its values are unique. */
export interface IdentifierSlot {
  kind: IdentifierKind;
  namespace: string;
}

/** The identifiers of one slot in a batch of rows: a range of bytes a row, empty where the row has none. */
export interface IdentifierColumn {
  starts: Int32Array;
  ends: Int32Array;
}

export interface BulkOptions {
  importId: number;
  /** Which attempt at the import this is. */
  attempt: number;
  /** In the order of trust: the first known identifier of a row decides whose the row is. */
  slots: readonly IdentifierSlot[];
  /** Size of the file, by which it is decided how the vault is asked. */
  fileBytes: number;
}

/** A batch of rows to find the customers of. */
export interface IdentityBatch {
  bytes: Buffer;
  rowCount: number;
  /** One a slot, in the slots' order; undefined where the file has none. */
  columns: readonly (IdentifierColumn | undefined)[];
  /** When each row happened, in epoch milliseconds: the earliest is when a new customer was first seen. */
  timesMs: Float64Array;
  /** Rows with a 1 here are passed over. */
  skipped: Uint8Array;
}

/** A slot with the place of its values in a batch. */
interface AskedSlot extends IdentifierSlot {
  column: number;
  /** What is not known there is given to nobody there. */
  isOnlyAsked: boolean;
}

interface OpenSlot extends AskedSlot {
  known: KnownIdentifiers;
}

/** The shop's own ids of a brand whose files kept them elsewhere formerly: kept there as before, and asked for in both places. */
const askedSlots = (slots: readonly IdentifierSlot[], formerOwnIds: string | null): AskedSlot[] => slots.flatMap((slot, column) => {
  const asked = { ...slot, column, isOnlyAsked: false };
  return formerOwnIds !== null && isOwnId(slot) ? [{ ...asked, namespace: formerOwnIds }, { ...asked, isOnlyAsked: true }] : [asked];
});

/**
 * Finds or makes the customer of every row of an import at the speed of COPY. Nothing is visible
 * to others before `publishIdentities`: numbers are reserved, new identifiers wait in an unlogged
 * staging table, and a crash leaves nothing but that table.
 */
export class BulkIdentities {
  readonly numbers: NumberBlocks;
  /** Whose new customers and identifiers they are. */
  readonly of: StagedAttempt;
  /** The oldest transaction that was under way at the opening: rows of older ones were known to this import. */
  readonly opened: string;
  /** When each new customer was first seen, in the order of their making. */
  firstSeenMs = new Float64Array(1_024);
  private readonly pool: pg.Pool;
  private readonly vault: Vault;
  private readonly slots: OpenSlot[];
  private readonly client: pg.PoolClient;
  private readonly staged: CopyRows;
  private isFinished = false;
  /** Every identifier met in this import, so that the vault's slower hash is made once for each. */
  private readonly met: KeyTable;
  /** Who has what of several slots; not kept where there is one slot only. */
  private readonly holders: Holders;
  private readonly learned = new Set<number>();
  private readonly hashBytes = createByteHash();
  private readonly metKey = newKey();
  private readonly hashKey = newKey();

  private constructor(pool: pg.Pool, client: pg.PoolClient, vault: Vault, slots: OpenSlot[], holders: Holders, options: BulkOptions, opened: string) {
    this.holders = holders;
    this.opened = opened;
    this.pool = pool;
    this.client = client;
    this.vault = vault;
    this.slots = slots;
    this.numbers = new NumberBlocks(pool);
    this.met = new KeyTable(Math.min(2_000_000, options.fileBytes / 200));
    this.staged = new CopyRows(client, stagingTable(options), stagingColumns);
    this.of = options;
  }

  /** Makes the staging table anew and loads what the vault knows. To be ended by `finish` or `abandon`. */
  static async open(pool: pg.Pool, vault: Vault, options: BulkOptions): Promise<BulkIdentities> {
    await createStaging(pool, options);
    const asked = askedSlots(options.slots, await readFormerOwnIds(pool));
    await noteNamespaces(pool, asked);
    const { rows } = await pool.query<{ opened: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as opened');
    const slots: OpenSlot[] = [];
    const holders = new Holders();
    for (const [index, slot] of asked.entries()) {
      const note = (customerNo: number): void => {
        if (asked.length > 1 && customerNo !== erasedOwner) holders.add(customerNo, index);
      };
      slots.push({ ...slot, known: await openKnownIdentifiers(pool, identifierKinds[slot.kind], slot.namespace, options.fileBytes, note) });
    }
    return new BulkIdentities(pool, await pool.connect(), vault, slots, holders, options, rows[0].opened);
  }

  /**
   * Writes each row's customer into `out`: 0 for rows without an identifier and for those of
   * erased people. Identifiers that are new go to the row's customer; one that belongs to somebody
   * else stays theirs.
   */
  async resolve(batch: IdentityBatch, out: Uint32Array): Promise<void> {
    await this.numbers.ensure(batch.rowCount);
    for (const [index, slot] of this.slots.entries()) {
      if (slot.known.partial) await this.learnUnmet(batch, index);
    }
    if (this.slots.length > 1) await this.learnSlots();
    for (let row = 0; row < batch.rowCount; row++) {
      out[row] = batch.skipped[row] === 1 ? 0 : this.resolveRow(batch, row);
    }
    await this.staged.settle();
  }

  /** Ends the staging. Returns the number of new identifiers. */
  async finish(): Promise<number> {
    const rows = await this.staged.finish();
    this.client.release();
    this.isFinished = true;
    return rows;
  }

  /** Gives up, unless it is finished: the connection is closed. The staging table is left to `dropStaging`. */
  abandon(): void {
    if (this.isFinished) return;
    this.staged.abandon();
    this.client.release(true);
  }

  /** The strongest known identifier decides; see docs/decisions/0004. */
  private resolveRow(batch: IdentityBatch, row: number): number {
    const { slots } = this;
    let owner = 0;
    let unmet = 0;
    let erased = false;
    let present = 0;
    for (let index = 0; index < slots.length; index++) {
      const column = batch.columns[slots[index].column];
      if (!column || column.starts[row] === column.ends[row]) continue;
      present++;
      this.hashBytes(batch.bytes, column.starts[row], column.ends[row], index, this.metKey);
      const found = this.met.get(this.metKey) || this.meetKnown(batch, row, index);
      if (found === 0) unmet |= slots[index].isOnlyAsked ? 0 : 1 << index;
      else if (found === erasedOwner) erased = true;
      else if (owner === 0 && !this.isContradicted(found, unmet)) owner = found;
    }
    if (present === 0 || (owner === 0 && erased)) return 0;
    const at = batch.timesMs[row];
    if (owner === 0) owner = this.create(at);
    else this.seen(owner, at);
    if (unmet !== 0) this.attach(batch, row, owner, unmet);
    return owner;
  }

  /** A stronger identifier was said that nobody has, and this customer has another of its slot: a shared phone. */
  private isContradicted(customerNo: number, strongerUnmet: number): boolean {
    for (let slot = 0; strongerUnmet >> slot !== 0; slot++) {
      if ((strongerUnmet >> slot) & 1 && this.holders.has(customerNo, slot)) return true;
    }
    return false;
  }

  /** Looks an identifier up that was not met before; what the vault knows is remembered as met. */
  private meetKnown(batch: IdentityBatch, row: number, index: number): number {
    const slot = this.slots[index];
    if (slot.known.table.size === 0) return 0;
    this.hashOf(batch, row, index);
    const found = slot.known.table.get(this.hashKey);
    if (found !== 0) this.met.set(this.metKey, found);
    return found;
  }

  /** Gives the row's identifiers that nobody has to `owner`; `unmet` holds a bit for the slot of each. */
  private attach(batch: IdentityBatch, row: number, owner: number, unmet: number): void {
    for (let index = 0; index < this.slots.length; index++) {
      const column = batch.columns[this.slots[index].column];
      if (!column || ((unmet >> index) & 1) === 0) continue;
      this.hashBytes(batch.bytes, column.starts[row], column.ends[row], index, this.metKey);
      if (this.slots.length > 1) this.holders.add(owner, index);
      this.met.set(this.metKey, owner);
      const { kind, namespace } = this.slots[index];
      const value = this.hashOf(batch, row, index);
      const sealed = this.vault.seal(kind, namespace, value);
      this.staged.startRow(5, 64 + sealed.length + 4 * namespace.length);
      this.staged.int2(identifierKinds[kind]);
      this.staged.text(namespace);
      this.staged.uuid(this.hashKey);
      this.staged.bytes(sealed);
      this.staged.int4(owner);
    }
  }

  private create(atMs: number): number {
    const index = this.numbers.given;
    if (index === this.firstSeenMs.length) {
      const longer = new Float64Array(2 * index);
      longer.set(this.firstSeenMs);
      this.firstSeenMs = longer;
    }
    this.firstSeenMs[index] = atMs;
    return this.numbers.next();
  }

  private seen(customerNo: number, atMs: number): void {
    const index = this.numbers.indexOf(customerNo);
    if (index >= 0 && atMs < this.firstSeenMs[index]) this.firstSeenMs[index] = atMs;
  }

  /** Sets `hashKey` to the vault's hash of an identifier and returns its text. */
  private hashOf(batch: IdentityBatch, row: number, index: number): string {
    const { kind, namespace, column } = this.slots[index];
    const { starts, ends } = batch.columns[column] as IdentifierColumn;
    const value = batch.bytes.toString('utf8', starts[row], ends[row]);
    readHash(this.vault.hashOf(kind, namespace, value), this.hashKey);
    return value;
  }

  /** Asks the vault for the identifiers of a batch that this import has not met yet. */
  private async learnUnmet(batch: IdentityBatch, index: number): Promise<void> {
    const { kind, namespace, known, column: place } = this.slots[index];
    const column = batch.columns[place];
    if (!column) return;
    const unmet = new Set<string>();
    for (let row = 0; row < batch.rowCount; row++) {
      if (column.starts[row] === column.ends[row] || batch.skipped[row] === 1) continue;
      this.hashBytes(batch.bytes, column.starts[row], column.ends[row], index, this.metKey);
      if (this.met.get(this.metKey) !== 0) continue;
      const value = batch.bytes.toString('utf8', column.starts[row], column.ends[row]);
      unmet.add(this.vault.hashOf(kind, namespace, value));
    }
    for (const no of await learn(this.pool, known, identifierKinds[kind], namespace, [...unmet])) this.learned.add(no);
  }

  /** Finds out what else the customers have whom the vault has just named. */
  private async learnSlots(): Promise<void> {
    const customerNos = [...this.learned];
    this.learned.clear();
    for (const [index, { kind, namespace, known }] of this.slots.entries()) {
      if (known.partial) await learnHolders(this.pool, this.holders, index, identifierKinds[kind], namespace, customerNos);
    }
  }
}
