import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Audiences, AudienceUseSource } from '../../../audiences/public.ts';
import { readRules } from '../settings/store.ts';

/** An audience that no marketing goes to is not deleted while the rules in force name it. */
export const excludedUses = (say: Say): AudienceUseSource => ({
  async usesOf(client, audienceId, locale) {
    const { rules } = await readRules(client);
    return rules.excludedAudiences.includes(audienceId) ? [say(locale, 'messaging', 'gate.title')] : [];
  },
});

/**
 * The members of audiences that no marketing goes to. Throws where one of them cannot be told any more, as after a restore: nothing goes
 * out then, which is the better of two mistakes.
 */
export const membersOf = (audiences: Pick<Audiences, 'membersOf'>) => async (audienceIds: readonly number[], held?: pg.PoolClient): Promise<Bitmap> => {
  const members: Bitmap[] = [];
  for (const audienceId of audienceIds) {
    members.push(await audiences.membersOf(audienceId, held).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 404) throw new Problem('messaging.excluded_audience_gone', { status: 409, params: { audienceId }, cause: error });
      throw error;
    }));
  }
  return Bitmap.union(members);
};
