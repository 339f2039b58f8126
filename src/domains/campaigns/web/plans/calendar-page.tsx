import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { addMonths } from '../../../../kernel/day.ts';
import { Alert, Button, ComputedAt, currentLocale, Flex, Link, Loaded, MonthGrid, monthDays, PageHeader, Section, Stack, Tag, todayIn, Typography, useEndpoint, useFormat, useSearchState, useSession } from '../../../../web/kit.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { readCampaignCalendar } from '../../contract.ts';
import { stateColors } from './colors.ts';

const shown = z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/).optional() });
type Shown = EndpointReply<typeof readCampaignCalendar>;

/** A month with every campaign on its days, and which of them mean the same people. */
export default function CalendarPage() {
  const { t } = useTranslation('campaigns');
  const today = todayIn(useSession().brand.timeZone);
  const [{ month = today.slice(0, 7) }, change] = useSearchState(shown);
  const days = monthDays(month);
  const format = useFormat();
  const calendar = useEndpoint(readCampaignCalendar, { query: { from: days[0], to: days[days.length - 1] } });
  const step = (months: number): void => change({ month: addMonths(`${month}-01`, months).slice(0, 7) });
  const title = new Intl.DateTimeFormat(currentLocale(), { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${month}-15T12:00:00Z`));
  return (
    <Stack>
      <PageHeader title={t('plans.calendar.title')} />
      <Flex gap="small" align="center" wrap>
        <Button onClick={() => step(-1)}>{t('plans.calendar.before')}</Button>
        <Typography.Title level={4} style={{ margin: 0 }} aria-live="polite">{title}</Typography.Title>
        <Button onClick={() => step(1)}>{t('plans.calendar.after')}</Button>
        <Button type="link" onClick={() => change({ month: undefined })}>{t('plans.calendar.thisMonth')}</Button>
      </Flex>
      <Loaded from={calendar}>
        {({ campaigns, overlaps, leftOut, computedAt }) => (
          <Stack>
            {leftOut > 0 && <Alert type="warning" showIcon title={t('plans.calendar.leftOut', { shown: format.number(campaigns.length), leftOut: format.number(leftOut) })} />}
            <MonthGrid month={month} today={today} none={<Typography.Text type="secondary">{t('plans.calendar.nothing')}</Typography.Text>} content={(day) => {
              const on = campaigns.filter((each) => each.days.includes(day));
              return on.length === 0 ? undefined : on.map((each) => <Mark key={each.campaignNo} {...each} />);
            }} />
            <Overlaps campaigns={campaigns} overlaps={overlaps} />
            <ComputedAt at={computedAt} />
          </Stack>
        )}
      </Loaded>
    </Stack>
  );
}

function Mark({ campaignNo, name, channel, state }: Shown['campaigns'][number]) {
  const { t } = useTranslation('campaigns');
  return (
    <Link to={`/programs/campaigns/${campaignNo}`} title={`${name} · ${t(`messaging:channel.${channel}`)} · ${t(`state.${state}`)}`}>
      <Tag color={stateColors[state]} style={{ maxWidth: '100%', overflow: 'hidden', textOverflow: 'ellipsis', marginInlineEnd: 0 }}>{name}</Tag>
    </Link>
  );
}

function Overlaps({ campaigns, overlaps }: Pick<Shown, 'campaigns' | 'overlaps'>) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const nameOf = (no: number): string => campaigns.find(({ campaignNo }) => campaignNo === no)?.name ?? String(no);
  return (
    <Section title={t('plans.calendar.overlaps')}>
      {overlaps.length === 0 ? <Typography.Text type="secondary">{t('plans.calendar.noOverlaps')}</Typography.Text> : (
        <Stack>
          {overlaps.map(({ one, other, people }) => <Link key={`${one} ${other}`} to={`/programs/campaigns/${one}`}>{t('plans.calendar.overlap', { one: nameOf(one), other: nameOf(other), people: format.number(people) })}</Link>)}
        </Stack>
      )}
    </Section>
  );
}
