import type pg from 'pg';
import type { EffectPeriod } from '../../contract/effect.ts';

export interface KeptPeriod {
  /** `2026-05`, or `all`. */
  period: string;
  dataVersion: number;
  computedAt: Date;
  isFinal: boolean;
  figures: EffectPeriod;
}

/** What is kept, the oldest month first. */
export async function readPeriods(pool: pg.Pool): Promise<KeptPeriod[]> {
  const { rows } = await pool.query<KeptPeriod>('select period, data_version::float8 as "dataVersion", computed_at as "computedAt", is_final as "isFinal", figures from universal_effect order by period');
  return rows;
}

export async function keepPeriod(pool: pg.Pool, { period, dataVersion, computedAt, isFinal, figures }: KeptPeriod): Promise<void> {
  await pool.query(
    `insert into universal_effect (period, data_version, computed_at, is_final, figures) values ($1, $2, $3, $4, $5)
      on conflict (period) do update set data_version = $2, computed_at = $3, is_final = $4, figures = $5`, [period, dataVersion, computedAt, isFinal, JSON.stringify(figures)]);
}
