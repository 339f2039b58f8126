import type pg from 'pg';
import type { HeldDataSource } from '../../customers/public.ts';

interface Place {
  expansionId: number;
  piece: number;
  audience: string;
  numbers: Uint32Array;
}

/** Where people stand among those who are like the members of an audience: for exports and erasures. */
export const heldRanks = (pool: pg.Pool): HeldDataSource => ({
  name: 'audience_expansion',
  async count({ customerNos }) {
    let held = 0;
    for await (const { numbers } of piecesWith(pool, customerNos)) held += numbers.filter((no) => customerNos.includes(no)).length;
    return held;
  },
  async *export({ customerNos }) {
    for await (const { audience, piece, numbers } of piecesWith(pool, customerNos)) {
      for (const customerNo of customerNos) if (numbers.includes(customerNo)) yield { likeTheMembersOf: audience, customerNo, place: piece * 65_536 + numbers.indexOf(customerNo) + 1 };
    }
  },
  async erase(person) {
    const held = await this.count(person);
    for await (const { expansionId, piece, numbers } of piecesWith(pool, person.customerNos)) {
      // The others keep their places: 0 is nobody.
      const rest = numbers.map((no) => (person.customerNos.includes(no) ? 0 : no));
      await pool.query('update audience_expansion_piece set numbers = $3 where expansion_id = $1 and piece = $2', [expansionId, piece, Buffer.from(rest.buffer)]);
    }
    return held;
  },
});

async function* piecesWith(pool: pg.Pool, customerNos: readonly number[]): AsyncGenerator<Place> {
  const { rows: pieces } = await pool.query<Omit<Place, 'numbers'>>(
    `select expansion_id as "expansionId", piece, name as audience from audience_expansion_piece
      join audience_expansion using (expansion_id) join audience using (audience_id) order by 1, 2`);
  for (const place of pieces) {
    const { rows } = await pool.query<{ numbers: Buffer }>('select numbers from audience_expansion_piece where expansion_id = $1 and piece = $2', [place.expansionId, place.piece]);
    if (rows.length === 0) continue;
    const numbers = new Uint32Array(new Uint8Array(rows[0].numbers).buffer);
    if (customerNos.some((no) => numbers.includes(no))) yield { ...place, numbers };
  }
}
