import { createHmac } from 'node:crypto';
import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { deriveKey } from '../../../../platform/secrets.ts';
import type { Vault } from '../../../customers/public.ts';
import { recordHappening } from '../pipeline/history.ts';
import { lockPack } from '../packs/pack-row.ts';
import { issueCode, readIssuedCode } from './issued-code.ts';
import { readCodes, type ReadCodes } from './read-codes.ts';

/** Codes as they are stored: found by a keyed hash, readable with the deployment's secret alone. */
export interface CodeBook {
  hashOf(code: string): Buffer;
  seal(partnerId: number, code: string): Buffer;
  open(partnerId: number, sealed: Buffer): string;
}

const purposeOf = (partnerId: number): string => `partner code ${partnerId}`;

export function createCodeBook(secret: string, vault: Pick<Vault, 'encrypt' | 'decrypt'>): CodeBook {
  const key = deriveKey(secret, 'membership.partner-code');
  return {
    hashOf: (code) => createHmac('sha256', key).update(code).digest(),
    seal: (partnerId, code) => vault.encrypt(purposeOf(partnerId), code),
    open: (partnerId, sealed) => vault.decrypt(purposeOf(partnerId), sealed),
  };
}

/** What may be shown of a code: its end, and never more than a third. */
export const endOf = (code: string): string => `…${code.slice(code.length - Math.min(4, Math.floor(code.length / 3)))}`;

const mostLines = 200_000;
/** Sealed in one turn: others are served between two. */
const codesATurn = 2_000;

interface Doors {
  platform: Pick<Platform, 'pg' | 'clock'>;
  book: CodeBook;
}

/** Takes a partner's codes into a pack. A code that the partner gave before, in whichever pack, is told and left out. */
export async function uploadCodes({ platform: { pg: pool, clock }, book }: Doors, packNo: number, text: string, actor: Actor): Promise<Omit<ReadCodes, 'codes'> & { added: number; known: number }> {
  const { codes, ...read } = readCodes(text, mostLines);
  if (read.lines > mostLines) throw new Problem('membership.too_many_partner_codes', { params: { most: mostLines }, fields: [{ path: 'body.text', code: 'too_long' }] });
  return inTransaction(pool, async (client) => {
    const pack = await lockPack(client, packNo);
    if (pack.codes !== 'uploaded') throw conflict('membership.partner_codes_not_uploaded');
    let added = 0;
    for (let from = 0; from < codes.length; from += codesATurn) {
      const some = codes.slice(from, from + codesATurn);
      const { rowCount } = await client.query(
        `insert into partner_code (partner_id, pack_no, hash, sealed, hint) select $1, $2, c.* from unnest($3::bytea[], $4::bytea[], $5::text[]) as c (hash, sealed, hint) on conflict (partner_id, hash) do nothing`,
        [pack.partnerId, packNo, some.map(book.hashOf), some.map((code) => book.seal(pack.partnerId, code)), some.map(endOf)]);
      added += rowCount ?? 0;
    }
    await recordHappening(client, { partnerId: pack.partnerId, kind: 'codes_uploaded', actor, at: clock.now(), details: { packNo, added, bad: read.badCount }, audit: { packNo, added } });
    return { ...read, added, known: codes.length - added };
  });
}

/** Hands out the next code of a pack, or a new one of ours; null where the pack is without. The pack is locked. */
export async function handOutCode(client: pg.PoolClient, book: CodeBook, pack: { packNo: number; partnerId: number; codes: 'none' | 'uploaded' | 'issued' }, grantNo: number): Promise<string | null> {
  if (pack.codes === 'none') return null;
  if (pack.codes === 'issued') {
    const code = issueCode();
    await client.query('insert into partner_code (partner_id, pack_no, hash, sealed, hint, grant_no) values ($1, $2, $3, $4, $5, $6)',
      [pack.partnerId, pack.packNo, book.hashOf(code), book.seal(pack.partnerId, code), endOf(code), grantNo]);
    return code;
  }
  const { rows: [row] } = await client.query<{ sealed: Buffer }>(
    `update partner_code set grant_no = $2 where code_no = (select code_no from partner_code where pack_no = $1 and grant_no is null order by code_no limit 1) returning sealed`, [pack.packNo, grantNo]);
  return row ? book.open(pack.partnerId, row.sealed) : null;
}

const reference = /^G(\d{1,15})$/i;
/** By this a benefit is known to the partner, where it has no code. */
export const referenceOf = (grantNo: number): string => `G${grantNo}`;

/** Which benefits of a partner these codes and references mean; what is unknown is left out. */
export async function grantsNamed(connection: pg.Pool | pg.PoolClient, book: CodeBook, partnerId: number, texts: readonly string[]): Promise<Map<string, { grantNo: number; packNo: number }>> {
  const byReference = texts.flatMap((text) => { const number = reference.exec(text)?.[1]; return number ? [{ text, grantNo: Number(number) }] : []; });
  const { rows: numbered } = await connection.query<{ grantNo: number; packNo: number }>(
    `select grant_no as "grantNo", pack_no as "packNo" from partner_grant join partner_pack using (pack_no) where partner_id = $1 and grant_no = any($2::bigint[])`, [partnerId, byReference.map(({ grantNo }) => grantNo)]);
  const codes = texts.flatMap((text) => [...new Set([text, readIssuedCode(text) ?? text])].map((code) => ({ text, hash: book.hashOf(code) })));
  const { rows: coded } = await connection.query<{ position: number; grantNo: number; packNo: number }>(
    `select position::int, grant_no as "grantNo", pack_no as "packNo" from unnest($2::bytea[]) with ordinality as k (hash, position) join partner_code c on c.partner_id = $1 and c.hash = k.hash where grant_no is not null`,
    [partnerId, codes.map(({ hash }) => hash)]);
  const known = new Map(numbered.map((row) => [row.grantNo, row]));
  const named = new Map<string, { grantNo: number; packNo: number }>();
  for (const { text, grantNo } of byReference) { const row = known.get(grantNo); if (row) named.set(text, row); }
  for (const { position, ...row } of coded) { const text = codes[position - 1]?.text; if (text !== undefined) named.set(text, row); }
  return named;
}
