import type pg from 'pg';
import type { Locale } from '../../../../kernel/locale.ts';
import { notFound } from '../../../../kernel/problem.ts';

/** What other domains use audiences for: such an audience is not deleted. Other domains register theirs. */
export interface AudienceUseSource {
  /** What an audience is used for, as the reader calls it. */
  usesOf(client: pg.ClientBase, audienceId: number, locale: Locale): Promise<string[]>;
}

/** Throws where one of these is not there; until the caller's transaction ends nobody deletes them. */
export async function holdAudiences(client: pg.ClientBase, audienceIds: readonly number[]): Promise<void> {
  const { rows } = await client.query<{ audienceId: number }>('select audience_id as "audienceId" from audience where audience_id = any($1::int[]) order by 1 for share', [audienceIds]);
  const missing = audienceIds.find((audienceId) => !rows.some((row) => row.audienceId === audienceId));
  if (missing !== undefined) throw notFound('audiences.not_found', { audienceId: missing });
}
