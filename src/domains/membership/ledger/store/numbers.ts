import type pg from 'pg';

const blockSize = 10_000;

/** Takes blocks of the sequence that hold so many numbers: the first of each. */
export async function takeBlocks(connection: pg.Pool | pg.PoolClient, count: number): Promise<number[]> {
  const { rows } = await connection.query<{ no: number }>({ name: 'points.blocks', text: "select nextval('points_no') as no from generate_series(1, $1::int)", values: [Math.ceil(count / blockSize)] });
  return rows.map(({ no }) => no);
}

/** Hands out numbers that nobody else has, from blocks of a sequence. What a transaction that fails took is lost, and nothing else. */
export class Numbers {
  readonly #blocks: { next: number; end: number }[] = [];

  constructor(blocks: readonly number[] = []) {
    this.#add(blocks);
  }

  /** Makes sure that so many can be taken without waiting. */
  async reserve(client: pg.PoolClient, count: number): Promise<void> {
    const missing = count - this.#blocks.reduce((room, { next, end }) => room + end - next, 0);
    if (missing > 0) this.#add(await takeBlocks(client, missing));
  }

  readonly next = (): number => {
    const [block] = this.#blocks;
    if (!block) throw new Error('More numbers were taken than were reserved.');
    if (block.next + 1 === block.end) this.#blocks.shift();
    return block.next++;
  };

  #add(blocks: readonly number[]): void {
    for (const next of blocks) this.#blocks.push({ next, end: next + blockSize });
  }
}
