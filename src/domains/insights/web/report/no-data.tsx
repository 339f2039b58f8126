import { useTranslation } from 'react-i18next';
import { addDays, dayIn } from '../../../../kernel/day.ts';
import { Button, type DayRange, EmptyState, Flex, Link, useFormat, useMay, useSession } from '../../../../web/kit.ts';

/** A brand that has brought nothing in yet: what to do first. */
export function NoOrders() {
  const { t } = useTranslation('insights');
  const mayImport = useMay('collect.import');
  const mayConnect = useMay('collect.sources');
  return (
    <EmptyState
      title={t('empty.title')}
      hint={t('empty.hint')}
      action={
        <Flex gap="middle" wrap justify="center">
          {mayImport && <Link to="/data/imports/new">{t('empty.import')}</Link>}
          {mayConnect && <Link to="/data/sources">{t('empty.connect')}</Link>}
        </Flex>
      }
    />
  );
}

/** A period without orders, of a brand that has some: the way to where they are. */
export function NoOrdersInPeriod({ lastAt, onPeriod }: { lastAt: string; onPeriod: (period: DayRange) => void }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { timeZone } = useSession().brand;
  const last = dayIn(timeZone, new Date(lastAt));
  return (
    <EmptyState
      title={t('empty.periodTitle')}
      hint={t('empty.periodHint')}
      action={
        <Button onClick={() => onPeriod({ from: addDays(last, -29), to: last })}>{t('empty.latest', { day: format.date(last) })}</Button>
      }
    />
  );
}
