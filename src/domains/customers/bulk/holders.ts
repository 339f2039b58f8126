import type pg from 'pg';

/** Which customers have an identifier of which slot: a byte of bits a customer. */
export class Holders {
  private bits = new Uint8Array(1_024);

  /** `slot` is 0 to 7. */
  add(customerNo: number, slot: number): void {
    if (customerNo >= this.bits.length) {
      const longer = new Uint8Array(Math.max(customerNo + 1, 2 * this.bits.length));
      longer.set(this.bits);
      this.bits = longer;
    }
    this.bits[customerNo] |= 1 << slot;
  }

  has(customerNo: number, slot: number): boolean {
    return customerNo < this.bits.length && (this.bits[customerNo] & (1 << slot)) !== 0;
  }
}

/** Finds out which of these customers have an identifier of a kind and namespace that are not loaded as a whole. */
export async function learnHolders(pool: pg.Pool, holders: Holders, slot: number, kind: number, namespace: string, customerNos: number[]): Promise<void> {
  if (customerNos.length === 0) return;
  const { rows } = await pool.query<{ customer_no: number }>(
    'select distinct customer_no from identifier where kind = $1 and namespace = $2 and customer_no = any($3::int[])', [kind, namespace, customerNos]);
  for (const row of rows) holders.add(row.customer_no, slot);
}
