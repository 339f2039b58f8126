import type pg from 'pg';
import { firstRules } from '../src/domains/messaging/contract.ts';
import { createMessageTokens } from '../src/domains/messaging/sending/tracking/message-tokens.ts';
import type { Platform } from '../src/platform/platform.ts';

type Drive = (name: string, action: string | null, payload?: object, params?: Record<string, string | number>) => Promise<Record<string, unknown>>;

/** Drives every endpoint of the gate that changes something; see audit-complete.test.ts. */
export async function driveGate(drive: Drive, { pg, secret }: Platform, customerNo: number): Promise<void> {
  await drive('PUT /api/gate-rules', 'messaging.change_rules', { rules: firstRules, basedOn: null });
  await drive('POST /api/gate-rules/touches', null, { rules: firstRules });
  await drive('POST /api/suppressions', 'messaging.suppress', { whom: { customerNo } });
  await drive('POST /api/suppressions/import', 'messaging.import_suppressions', { kind: 'phone', values: ['13800138000'] });
  await drive('GET /api/suppressions/export', 'messaging.export_suppressions');
  const { rows: [{ no: suppressionNo }] } = await pg.query<{ no: number }>('select max(suppression_no) as no from send_suppression');
  await drive('DELETE /api/suppressions/:suppressionNo', 'messaging.lift_suppression', undefined, { suppressionNo });
  const { complaintNo } = await drive('POST /api/customers/:customerNo/complaints', 'messaging.open_complaint', { reference: 'T-1' }, { customerNo }) as { complaintNo: number };
  await drive('POST /api/complaints/:complaintNo/settlement', 'messaging.settle_complaint', undefined, { complaintNo });
  const runNo = await heldRun(pg, customerNo);
  await drive('POST /api/held-back/audience', 'audiences.create', { name: 'held back', runNo });
  const { path } = await drive('POST /api/opt-ins', 'messaging.ask_opt_in', { customerNo, channel: 'email', source: 'store', textVersion: '1' }) as { path: string };
  for (const what of ['visit', 'confirmation']) await drive(`POST /api/opt-ins/${what}`, null, { token: path.split('/')[3] });
  const token = createMessageTokens(secret).seal('preferences', { runNo, customerNo, occasion: '', arm: 0, position: 0 });
  await drive('POST /api/preferences/visit', null, { token });
  await drive('PUT /api/preferences', null, { token, choice: { about: 'everything' } });
  await drive('POST /m/u/:token', null, undefined, { token: createMessageTokens(secret).seal('unsubscribe', { runNo, customerNo, occasion: '', arm: 0, position: 0 }) });
}

/** A run that held somebody back today. */
async function heldRun(pool: pg.Pool, customerNo: number): Promise<number> {
  const { rows: [{ no }] } = await pool.query<{ no: number }>(
    `insert into send_run (program_kind, program_no, step, occasion, occasion_on, channel, purpose, arms, state, send_from, created_at, created_by)
      values ('campaign', 900001, '', '', current_date, 'email', 'marketing', '[{"key": "A", "isControl": false, "templateNo": null, "templateVersion": null}]', 'done', now(), now(), 'test') returning run_no as no`);
  await pool.query('select make_send_month(current_date)');
  await pool.query('insert into send_decision (occasion_on, run_no, customer_no, arm, verdict, reason, decided_at) values (current_date, $1, $2, 0, 2, 3, now())', [no, customerNo]);
  await pool.query('insert into gate_held_day (day, run_no, verdict, reason, people) values (current_date, $1, 2, 3, 1) on conflict do nothing', [no]);
  return no;
}
