import type pg from 'pg';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { Program } from '../../../../kernel/program.ts';

export interface Returned {
  difference: number;
  low: number | null;
  high: number | null;
}

interface Claim {
  lineNo: number;
  program: string;
  used: string;
}

/** Who drew on which lines, of all plans: a program's return is shared out by where its money came from. */
async function readClaims(pool: pg.Pool): Promise<Claim[]> {
  const { rows } = await pool.query<Claim>(`select line_no as "lineNo", program, (committed + spent)::text as used from budget_claim where committed + spent > 0 and program <> ''`);
  return rows;
}

/** Independent estimates together: the differences add up, and so do the squares of how far they are uncertain. Null bounds where one is not known. */
export function addUp(parts: readonly Returned[]): Returned | null {
  if (parts.length === 0) return null;
  const difference = parts.reduce((all, part) => all + part.difference, 0);
  const known = parts.flatMap(({ low, high }) => (low === null || high === null ? [] : [(high - low) / 2]));
  if (known.length < parts.length) return { difference, low: null, high: null };
  const half = Math.sqrt(known.reduce((all, each) => all + each * each, 0));
  return { difference, low: difference - half, high: difference + half };
}

export interface LineReturns {
  ofLine(lineNo: number): Returned | null;
  ofLines(lineNos: ReadonlySet<number>): Returned | null;
  programsOf(lineNo: number): string[];
}

/** What came back for the money of lines: the measured lift in revenue of the programs that drew on them. */
export async function readReturns(pool: pg.Pool, programs: readonly Program[]): Promise<LineReturns> {
  const claims = await readClaims(pool);
  const lifts = new Map(programs.flatMap(({ key, lift }) => (lift ? [[key, lift.revenue] as const] : [])));
  const used = new Map<string, number>();
  const amount = (claim: Claim): number => Number(parseDecimal(claim.used) ?? 0n);
  for (const claim of claims) used.set(claim.program, (used.get(claim.program) ?? 0) + amount(claim));
  const byLine = Map.groupBy(claims, ({ lineNo }) => lineNo);
  // A program's parts belong together: they are as uncertain as it is, not as independent ones would be.
  const partsOf = (lineNos: Iterable<number>): Returned[] => {
    const shares = new Map<string, number>();
    for (const lineNo of lineNos) for (const claim of byLine.get(lineNo) ?? []) shares.set(claim.program, (shares.get(claim.program) ?? 0) + amount(claim) / used.get(claim.program)!);
    return [...shares].flatMap(([program, share]) => {
      const lift = lifts.get(program);
      return lift ? [{ difference: lift.difference * share, low: lift.low === null ? null : lift.low * share, high: lift.high === null ? null : lift.high * share }] : [];
    });
  };
  return {
    ofLine: (lineNo) => addUp(partsOf([lineNo])),
    ofLines: (lineNos) => addUp(partsOf(lineNos)),
    programsOf: (lineNo) => (byLine.get(lineNo) ?? []).map(({ program }) => program),
  };
}
