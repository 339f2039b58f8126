import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { addMonths } from '../../../../kernel/day.ts';
import { Button, ComputedAt, currentLocale, Flex, Link, Loaded, MonthGrid, monthDays, Stack, Tag, todayIn, Typography, useEndpoint, useSearchState, useSession } from '../../../../web/kit.ts';
import { type ActivityKind, nameIn, readActivityCalendar } from '../../contract.ts';
import { kindColors } from './colors.ts';

const shown = z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/).optional() });
/** What goes on without an end would fill every day: it stands below instead. */
const everyDayFrom = 0.9;

/** A month with what is on each day; what is on nearly every day is named once, below. */
export function ActivityCalendar() {
  const { t } = useTranslation('membership');
  const today = todayIn(useSession().brand.timeZone);
  const [{ month = today.slice(0, 7) }, change] = useSearchState(shown);
  const days = monthDays(month);
  const calendar = useEndpoint(readActivityCalendar, { query: { from: days[0], to: days[days.length - 1] } });
  const step = (months: number): void => change({ month: addMonths(`${month}-01`, months).slice(0, 7) });
  const title = new Intl.DateTimeFormat(currentLocale(), { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${month}-15T12:00:00Z`));
  return (
    <Stack>
      <Flex gap="small" align="center" wrap>
        <Button onClick={() => step(-1)}>{t('activities.before')}</Button>
        <Typography.Title level={4} style={{ margin: 0 }} aria-live="polite">{title}</Typography.Title>
        <Button onClick={() => step(1)}>{t('activities.after')}</Button>
        <Button type="link" onClick={() => change({ month: undefined })}>{t('activities.thisMonth')}</Button>
      </Flex>
      <Loaded from={calendar}>
        {({ activities, computedAt }) => {
          const always = activities.filter((each) => each.days.length >= days.length * everyDayFrom);
          const others = activities.filter((each) => !always.includes(each));
          const none = <Typography.Text type="secondary">{t('activities.nothingThisMonth')}</Typography.Text>;
          return (
            <Stack>
              <MonthGrid month={month} today={today} none={none} content={(day) => {
                const on = others.filter((each) => each.days.includes(day));
                return on.length === 0 ? undefined : on.map((each) => <Mark key={each.activityNo} {...each} />);
              }} />
              {always.length > 0 && <Flex gap="small" wrap align="center"><Typography.Text type="secondary">{t('activities.allMonth')}</Typography.Text>{always.map((each) => <Mark key={each.activityNo} {...each} />)}</Flex>}
              <ComputedAt at={computedAt} />
            </Stack>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function Mark({ activityNo, names, kind, state }: { activityNo: number; names: Parameters<typeof nameIn>[0]; kind: ActivityKind; state: string }) {
  const { t } = useTranslation('membership');
  const name = nameIn(names, currentLocale());
  const isOff = state === 'draft' || state === 'ended' || state === 'paused';
  return (
    <Link to={`/members/activities/${activityNo}`} title={`${name} · ${t(`activities.kinds.${kind}`)} · ${t(`activities.states.${state}`)}`}>
      <Tag color={isOff ? undefined : kindColors[kind]} style={{ maxWidth: '100%', overflow: 'hidden', textOverflow: 'ellipsis', marginInlineEnd: 0 }}>{name}</Tag>
    </Link>
  );
}
