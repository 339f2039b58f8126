import type pg from 'pg';
import { firstRules, type GateRules, gateRules } from '../../contract/gate-rules.ts';

/** Rules with the number that decisions name them by; null before anybody set any. */
export interface RulesVersion {
  rulesNo: number | null;
  rules: GateRules;
}

/** The rules that are in force: the newest. */
export async function readRules(connection: pg.Pool | pg.ClientBase): Promise<RulesVersion> {
  const { rows } = await connection.query<{ rulesNo: number; rules: unknown }>('select rules_no as "rulesNo", rules from gate_rules order by rules_no desc limit 1');
  return rows[0] ? { rulesNo: rows[0].rulesNo, rules: gateRules.parse(rows[0].rules) } : { rulesNo: null, rules: firstRules };
}

/** Keeps rules as a new version. */
export async function writeRules(client: pg.PoolClient, rules: GateRules, by: string, at: Date): Promise<number> {
  const { rows } = await client.query<{ no: number }>('insert into gate_rules (rules, at, by) values ($1, $2, $3) returning rules_no as no', [JSON.stringify(rules), at, by]);
  return rows[0].no;
}

/** The last versions, the newest first, with who set them. */
export async function readVersions(connection: pg.Pool | pg.PoolClient, most: number): Promise<{ rulesNo: number; rules: GateRules; at: string; by: string }[]> {
  const { rows } = await connection.query<{ rulesNo: number; rules: unknown; at: Date; by: string }>('select rules_no as "rulesNo", rules, at, by from gate_rules order by rules_no desc limit $1', [most]);
  return rows.map(({ rules, at, ...row }) => ({ ...row, rules: gateRules.parse(rules), at: at.toISOString() }));
}
