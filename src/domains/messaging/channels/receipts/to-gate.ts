import type { Gate, ReceiptTaker } from '../../part.ts';

/** What receipts mean for who may be reached: a final bounce and a complaint suppress, a complaint and a word of refusal opt out, at once. */
export const receiptsToGate = (gate: Pick<Gate, 'optOut' | 'suppress'>): ReceiptTaker => async (client, receipts) => {
  for (const { kind, channel, accountNo, customerNo, address, isFinal, code, at } of receipts) {
    const whom = address !== null ? { address } : customerNo !== null ? { customerNo } : null;
    if (whom === null) continue;
    const by = `channel ${accountNo}`;
    if (kind === 'bounced' && isFinal) await gate.suppress(client, { whom, channel, reason: 'hard_bounce', by, at });
    if (kind === 'complained') await gate.suppress(client, { whom, channel, reason: 'complaint', by, at });
    if (kind === 'complained' || kind === 'stop') {
      await gate.optOut(client, { whom: customerNo !== null ? { customerNo } : whom, channel, source: kind === 'stop' ? `${channel} reply` : `${channel} complaint`, evidence: { account: accountNo, ...(code === null ? {} : { code }) }, at });
    }
  }
};
