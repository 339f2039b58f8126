import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply, EndpointRequest } from '../../../../kernel/endpoint.ts';
import { Button, call, ComputedAt, DateRangePicker, type DayRange, Flex, Typography, useFormat } from '../../../../web/kit.ts';
import { ReloadOutlined } from '../../../../web/icons.tsx';
import { readOverview } from '../../contract.ts';

interface PeriodBarProps {
  period: DayRange;
  onPeriod: (period: DayRange) => void;
  overview: EndpointReply<typeof readOverview> | undefined;
  /** What was asked, to ask it anew. */
  query: NonNullable<EndpointRequest<typeof readOverview>['query']>;
  /** After a fresh answer was computed. */
  onFresh: () => void;
}

/** What a report is about: its period, what it is compared with, how far its data reaches, when it was computed. */
export function PeriodBar({ period, onPeriod, overview, query, onFresh }: PeriodBarProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const refresh = async (): Promise<void> => {
    setBusy(true);
    try {
      await call(readOverview, { query: { ...query, fresh: '1' } });
    } finally {
      setBusy(false);
      onFresh();
    }
  };
  return (
    <Flex gap="small" wrap align="center">
      <DateRangePicker value={period} onChange={(chosen) => chosen && onPeriod(chosen)} />
      {overview && (
        <>
          <Typography.Text type="secondary">
            {t('period.against', { from: format.date(overview.before.from), to: format.date(overview.before.to) })}
          </Typography.Text>
          {overview.data && (
            <Typography.Text type="secondary">{t('data.reach', { when: format.dateTime(overview.data.lastAt) })}</Typography.Text>
          )}
          <ComputedAt at={overview.computedAt} />
          <Button type="text" size="small" icon={<ReloadOutlined />} loading={busy} aria-label={t('data.refresh')} title={t('data.refresh')} onClick={() => void refresh()} />
        </>
      )}
    </Flex>
  );
}
