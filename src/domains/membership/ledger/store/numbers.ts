import type pg from 'pg';

const blockSize = 10_000;

/** Hands out numbers that nobody else has, from blocks of a sequence. What a transaction that fails took is lost, and nothing else. */
export class Numbers {
  readonly #blocks: { next: number; end: number }[] = [];

  /** Makes sure that so many can be taken without waiting. */
  async reserve(client: pg.PoolClient, count: number): Promise<void> {
    while (this.#blocks.reduce((room, { next, end }) => room + end - next, 0) < count) {
      const { rows } = await client.query<{ no: number }>("select nextval('points_no') as no");
      this.#blocks.push({ next: rows[0].no, end: rows[0].no + blockSize });
    }
  }

  readonly next = (): number => {
    const [block] = this.#blocks;
    if (!block) throw new Error('More numbers were taken than were reserved.');
    if (block.next + 1 === block.end) this.#blocks.shift();
    return block.next++;
  };
}
