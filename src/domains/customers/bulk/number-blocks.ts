import type pg from 'pg';

interface Block {
  firstNo: number;
  /** Numbers given out before this block's first. */
  before: number;
  size: number;
}

/**
 * Customer numbers reserved in blocks, so that giving one is an increment. A number that is
 * reserved and not given is lost: numbers are never given twice.
 */
export class NumberBlocks {
  /** Numbers given so far. */
  given = 0;
  private reserved = 0;
  private readonly blocks: Block[] = [];
  private readonly pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  /** Makes sure that `count` numbers can be given without waiting. */
  async ensure(count: number): Promise<void> {
    const missing = this.given + count - this.reserved;
    if (missing <= 0) return;
    // Blocks grow with the import: a small one wastes few numbers, a large one asks seldom.
    const size = Math.max(missing, Math.min(500_000, this.given + 1_000));
    const { rows } = await this.pool.query<{ first_no: number }>(
      'update customer_counter set next_no = next_no + $1 returning next_no - $1 as first_no', [size]);
    const firstNo = Number(rows[0].first_no);
    const last = this.blocks.at(-1);
    if (last && last.firstNo + last.size === firstNo) last.size += size;
    else this.blocks.push({ firstNo, before: this.reserved, size });
    this.reserved += size;
  }

  /** The next number. `ensure` has to have reserved it. */
  next(): number {
    if (this.given >= this.reserved) throw new Error('no customer number is reserved');
    return this.at(this.given++);
  }

  /** The number that was given as the `index`-th, from 0. */
  at(index: number): number {
    for (let b = this.blocks.length - 1; ; b--) {
      const block = this.blocks[b];
      if (index >= block.before) return block.firstNo + index - block.before;
    }
  }

  /** Every number of the blocks, given or not, as a multirange of PostgreSQL. */
  asMultirange(): string {
    return `{${this.blocks.map(({ firstNo, size }) => `[${firstNo},${firstNo + size})`).join()}}`;
  }

  /** The reverse of `at`; -1 for a number that is not one of these. */
  indexOf(customerNo: number): number {
    for (let b = this.blocks.length - 1; b >= 0; b--) {
      const { firstNo, before, size } = this.blocks[b];
      if (customerNo >= firstNo && customerNo < firstNo + size) return before + customerNo - firstNo;
    }
    return -1;
  }
}
