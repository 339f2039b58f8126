import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointReply } from '../../kernel/endpoint.ts';
import { verifyAuditChain } from '../../domains/access/audit/contract.ts';
import { readFacts } from '../../domains/collect/facts-desk/contract.ts';
import { readPointsProof } from '../../domains/membership/contract.ts';
import { call, type Server } from '../server/call.ts';
import type { Check } from './check.ts';

/** What the stores hold against each other, asked of the server. */
export async function checkData(server: Server, onWait: () => void): Promise<Check[]> {
  const facts = await settledFacts(server, onWait);
  const audit = await call(server, verifyAuditChain);
  const { proof } = await call(server, readPointsProof);
  const { logged, found } = facts;
  const equal = logged.event === found.event && logged.order_line === found.order_line;
  const damaged = facts.damagedFiles.length > 0;
  const chained = audit.firstBadSeq === null;
  return [
    { ok: equal, key: equal ? 'facts_ok' : 'facts_wrong', params: { events: logged.event, lines: logged.order_line, foundEvents: found.event, foundLines: found.order_line } },
    { ok: !damaged, key: damaged ? 'log_wrong' : 'log_ok', params: { batches: facts.batches, files: facts.damagedFiles.join(', ') } },
    { ok: facts.detachedParts === 0, key: facts.detachedParts === 0 ? 'parts_ok' : 'parts_wrong', params: { parts: facts.detachedParts } },
    pointsCheck(proof),
    { ok: chained, key: chained ? 'audit_ok' : 'audit_wrong', params: { rows: audit.rows, seq: audit.firstBadSeq } },
  ];
}

/** The ledger of points is proven at night: it may take minutes. */
function pointsCheck(proof: EndpointReply<typeof readPointsProof>['proof']): Check {
  if (!proof) return { ok: true, key: 'points_unproven' };
  const { provenAt, entries, fault } = proof;
  const at = `${provenAt.slice(0, 16).replace('T', ' ')} UTC`;
  return fault ? { ok: false, key: `points_wrong_${fault.kind}`, params: { no: String(fault.no), at } } : { ok: true, key: 'points_ok', params: { entries, at } };
}

type Facts = EndpointReply<typeof readFacts>;
const tries = 5;

/**
 * Facts that arrive between counting here and counting there are no difference: it has to last. A ClickHouse
 * that is being made anew is waited for.
 */
async function settledFacts(server: Server, onWait: () => void): Promise<Facts & { found: Facts['logged'] }> {
  for (let tried = 1; ; tried++) {
    const facts = await call(server, readFacts);
    const { logged, found } = facts;
    if (found === null) {
      onWait();
      tried = 0;
    } else if (tried === tries || (logged.event === found.event && logged.order_line === found.order_line)) return { ...facts, found };
    await sleep(500);
  }
}
