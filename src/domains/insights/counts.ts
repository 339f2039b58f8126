import type pg from 'pg';
import type { Subject } from './registry/entry.ts';

/** What is reported and computed by itself. */
export interface InsightCounts {
  /** What reports that send themselves are about. */
  reported: Subject[];
  /** Kinds of models that have a result. */
  models: string[];
  /** Funnels that were saved. */
  funnels: number;
}

/** Subjects by the metrics that reports ask for; the overview is about sales and users. */
export async function countInsights(pool: pg.Pool, subjectOf: (metric: string) => Subject | undefined): Promise<InsightCounts> {
  const [{ rows: [{ models, funnels }] }, { rows: contents }] = await Promise.all([
    pool.query<{ models: string[]; funnels: number }>(
      `select array(select distinct kind from insight_model where state = 'done') as models, (select count(*)::int from funnel) as funnels`),
    pool.query<{ isOverview: boolean; metrics: string[] | null }>(
      `select c ->> 'kind' = 'overview' as "isOverview", array(select jsonb_array_elements_text(v.body #> '{question,metrics}')) as metrics
        from report_schedule s cross join jsonb_array_elements(s.contents) c left join kept_view v on v.kind = 'report' and v.view_id = (c ->> 'reportId')::int where s.state = 'active'`),
  ]);
  const reported = contents.flatMap(({ isOverview, metrics }) => (isOverview ? (['sales', 'users'] as const) : (metrics ?? []).flatMap((metric) => subjectOf(metric) ?? [])));
  return { reported: [...new Set(reported)], models, funnels };
}
