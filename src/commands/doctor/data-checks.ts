import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointReply } from '../../kernel/endpoint.ts';
import { verifyAuditChain } from '../../domains/access/audit/contract.ts';
import { readFacts } from '../../domains/collect/facts-desk/contract.ts';
import { call, type Server } from '../server/call.ts';
import type { Check } from './check.ts';

/** What the stores hold against each other, asked of the server. */
export async function checkData(server: Server): Promise<Check[]> {
  const facts = await settledFacts(server);
  const audit = await call(server, verifyAuditChain);
  const { logged, found } = facts;
  const equal = logged.event === found.event && logged.order_line === found.order_line;
  const damaged = facts.damagedFiles.length > 0;
  const chained = audit.firstBadSeq === null;
  return [
    facts.state === 'ready'
      ? { ok: equal, key: equal ? 'facts_ok' : 'facts_wrong', params: { events: logged.event, lines: logged.order_line, foundEvents: found.event, foundLines: found.order_line } }
      : { ok: false, key: 'facts_rebuilding' },
    { ok: !damaged, key: damaged ? 'log_wrong' : 'log_ok', params: { batches: facts.batches, files: facts.damagedFiles.join(', ') } },
    { ok: facts.detachedParts === 0, key: facts.detachedParts === 0 ? 'parts_ok' : 'parts_wrong', params: { parts: facts.detachedParts } },
    { ok: chained, key: chained ? 'audit_ok' : 'audit_wrong', params: { rows: audit.rows, seq: audit.firstBadSeq } },
  ];
}

type Facts = EndpointReply<typeof readFacts>;
const tries = 5;

/** Facts that arrive between counting here and counting there are no difference: it has to last. */
async function settledFacts(server: Server): Promise<Facts> {
  for (let tried = 1; ; tried++) {
    const facts = await call(server, readFacts);
    const equal = facts.logged.event === facts.found.event && facts.logged.order_line === facts.found.order_line;
    if (equal || tried === tries) return facts;
    await sleep(500);
  }
}
