import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { OpenActivity } from '../contract/activities.ts';
import type { MemberPage } from '../contract/member-page.ts';
import { nameIn } from '../contract/programme.ts';
import type { Activities } from './activities.ts';

type OnPage = NonNullable<MemberPage['activities']>;

/** What a member's page shows of activities. */
export const activitiesOnPage = (say: Say, activities: Pick<Activities, 'openTo'>) => async ({ customerNo }: { customerNo: number }, locale: Locale): Promise<OnPage> =>
  (await activities.openTo(customerNo, locale)).activities.map((open) => shownActivity(open, say, locale));

function shownActivity({ activityNo, kind, names, note, sentence, endsAt, cost, left, hindrance, streak, progress, total, odds }: OpenActivity, say: Say, locale: Locale): OnPage[number] {
  const t = (key: string, params: Record<string, unknown> = {}): string => say(locale, 'membership', `activities.${key}`, params);
  const standing = streak !== null ? t('standing.streak', { days: streak }) : progress !== null ? t('standing.progress', { ...progress }) : total > 0 ? t('standing.total', { times: total }) : '';
  const quota = odds.length === 0 ? left.find((each) => each.left !== null) : undefined;
  return {
    activityNo, kind, name: nameIn(names, locale), note: note === '' ? sentence : `${note}\n${sentence}`, endsAt: endsAt === null ? null : new Date(endsAt).toISOString(), cost, left: quota?.left ?? null, standing,
    hindrance: hindrance === null ? null : t(`hindrance.${hindrance}`),
  };
}
