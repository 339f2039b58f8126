import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, Flex, Section, Typography, useAction, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { endCalendarFeed, makeCalendarFeed, readCalendarFeed } from '../../contract.ts';

/** The secret address by which a calendar program shows one's own tasks and meetings. */
export function CalendarFeed() {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const [made, setMade] = useState<string | null>(null);
  const { data } = useEndpoint(readCalendarFeed);
  const make = useAction(makeCalendarFeed, { invalidates: [readCalendarFeed], onSuccess: ({ path }) => setMade(`${window.location.origin}${path}`) });
  const end = useAction(endCalendarFeed, { invalidates: [readCalendarFeed], done: t('calendar.ended'), onSuccess: () => setMade(null) });
  if (!data) return null;
  return (
    <Section title={t('calendar.title')}>
      <Flex vertical gap={8} align="start">
        <span>{data.createdAt === null ? t('calendar.hint') : t('calendar.since', { when: format.dateTime(data.createdAt) })}</span>
        {made !== null && <Alert type="success" title={<>{t('calendar.once')}<br /><Typography.Text code copyable style={{ overflowWrap: 'anywhere' }}>{made}</Typography.Text></>} />}
        <Flex gap={8} wrap>
          <Button loading={make.isPending} onClick={() => make.mutate({})}>{t(data.createdAt === null ? 'calendar.make' : 'calendar.makeNew')}</Button>
          {data.createdAt !== null && <Button danger loading={end.isPending} onClick={() => end.mutate({})}>{t('calendar.end')}</Button>}
        </Flex>
      </Flex>
    </Section>
  );
}
