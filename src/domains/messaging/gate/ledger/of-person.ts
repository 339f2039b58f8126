import type pg from 'pg';
import { Problem } from '../../../../kernel/problem.ts';
import type { LedgerDecision } from '../../contract/gate.ts';
import type { ProviderKey } from '../../contract/providers/providers.ts';
import { type ChannelKind, type MessagePurpose, reasons, verdicts, type Reason, type Verdict } from '../../contract.ts';
import type { Programs } from './programs.ts';

interface Row {
  runNo: number;
  customerNo: number;
  occasion: string;
  kind: LedgerDecision['program']['kind'];
  no: number;
  step: string;
  runOccasion: string;
  channel: ChannelKind;
  purpose: MessagePurpose;
  arm: { key: string; isControl: boolean } | null;
  verdict: number;
  reason: number;
  decidedAt: Date;
  nextAt: Date | null;
  rulesNo: number | null;
  details: Record<string, unknown> | null;
  state: string | null;
  handedAt: Date | null;
  attempts: number | null;
  answer: string | null;
  cost: string | null;
  accountName: string | null;
  provider: ProviderKey | null;
}

/** The decisions about a person under all their numbers, the newest first, from after a position on. */
export async function decisionsOf(pool: pg.Pool, programs: Programs, lineage: readonly number[], { before, limit }: { before?: string; limit: number }) {
  const position = before === undefined ? null : positionOf(before);
  const { rows } = await pool.query<Row>({
    name: 'gate.ledger',
    // Each number by itself, so that its newest are read from the end of an index and no more of them than are shown.
    text: `select d.run_no as "runNo", d.customer_no as "customerNo", d.occasion, r.program_kind as kind, r.program_no as no, r.step, r.occasion as "runOccasion",
        r.channel, r.purpose, r.arms->d.arm::int as arm, d.verdict, d.reason, d.decided_at as "decidedAt", d.next_at as "nextAt", d.rules_no as "rulesNo", d.checks as details,
        s.state, s.handed_at as "handedAt", s.attempts, s.answer, s.cost, a.name as "accountName", a.provider
      from unnest($1::int[]) as person (no)
        cross join lateral (select send_decision.* from send_decision where customer_no = person.no and decided_at <= coalesce($2::timestamptz, 'infinity') and ($2::timestamptz is null or (decided_at, run_no, occasion) < ($2::timestamptz, $3::int, $4::text))
          order by decided_at desc, run_no desc, occasion desc limit $5) as d
        join send_run r using (run_no)
        left join send_delivery s on s.occasion_on = d.occasion_on and s.run_no = d.run_no and s.customer_no = d.customer_no and s.occasion = d.occasion
        left join channel_account a on a.account_no = s.account_no
      order by d.decided_at desc, d.run_no desc, d.occasion desc limit $5`,
    values: [lineage, position?.at ?? null, position?.runNo ?? null, position?.occasion ?? null, limit + 1],
  });
  const shown = rows.slice(0, limit);
  const programOf = await programs.namesOf([...shown, ...shown.flatMap(({ details }) => winnerOf(details) ?? [])]);
  const last = shown.at(-1);
  return {
    decisions: shown.map((row) => {
      const winner = winnerOf(row.details);
      return shownOf(winner ? { ...row, details: { ...row.details, winner: { ...winner, ...programOf(winner) } } } : row, programOf(row));
    }),
    next: rows.length > limit && last ? `${last.decidedAt.toISOString()}~${last.runNo}~${last.occasion}` : null,
  };
}

/** Whom somebody's place went to. */
const winnerOf = (details: Row['details']): { kind: LedgerDecision['program']['kind']; no: number } | undefined => details?.winner as ReturnType<typeof winnerOf>;

function positionOf(text: string): { at: string; runNo: number; occasion: string } {
  const [at, runNo, ...occasion] = text.split('~');
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) || Number.isNaN(Date.parse(at)) || !/^\d{1,9}$/.test(runNo ?? '')) throw new Problem('messaging.bad_position', { fields: [{ path: 'query.before', code: 'invalid' }] });
  return { at, runNo: Number(runNo), occasion: occasion.join('~') };
}

function shownOf(row: Row, program: LedgerDecision['program']): LedgerDecision {
  const { runNo, customerNo, occasion, step, runOccasion, channel, purpose, rulesNo, details } = row;
  const [verdict, reason] = [verdicts[row.verdict], reasons[row.reason]];
  return {
    runNo, customerNo, occasion, program, step, runOccasion, channel, purpose, rulesNo, details, verdict, reason,
    arm: row.arm?.key ?? null, isControl: row.arm?.isControl ?? false,
    decidedAt: row.decidedAt.toISOString(), nextAt: row.nextAt?.toISOString() ?? null,
    checks: checksUpTo(verdict, reason, purpose),
    delivery: row.state === null ? null : { state: row.state, handedAt: row.handedAt?.toISOString() ?? null, attempts: row.attempts ?? 0, answer: row.answer, cost: row.cost, account: row.accountName === null || row.provider === null ? null : { name: row.accountName, provider: row.provider } },
  };
}

/** The order of the checks; those of marketing alone are left out for messages of service. */
const order: readonly Reason[] = [
  'erased', 'merged_already_reached', 'excluded', 'universal_control', 'control', 'no_consent', 'suppressed', 'no_address', 'open_complaint', 'minor', 'too_old', 'platform_quota', 'quiet_hours', 'frequency_cap', 'budget',
];
const marketingOnly = new Set<Reason>(['excluded', 'universal_control', 'open_complaint', 'minor', 'quiet_hours', 'frequency_cap']);

/** What was looked at, in its order, up to what decided it. What comes from elsewhere, as an end of the program, stands alone. */
function checksUpTo(verdict: Verdict, reason: Reason, purpose: MessagePurpose): LedgerDecision['checks'] {
  const asked = order.filter((check) => purpose === 'marketing' || !marketingOnly.has(check));
  if (verdict === 'send') return asked.map((check) => ({ check, held: false }));
  const decisive = reason === 'outranked' ? 'frequency_cap' : reason;
  const at = asked.indexOf(decisive);
  if (at < 0) return [{ check: reason, held: true }];
  return [...asked.slice(0, at).map((check) => ({ check, held: false })), { check: reason, held: true }];
}
