import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { addressOf, Button, ComputedAt, currentLocale, DateRangePicker, download, EmptyState, Flex, Loaded, Section, Stack, Table, Typography, useEndpoint, useFormat, useSearchState } from '../../../../../web/kit.ts';
import { exportPartnerStatement, listPartnerContracts, nameIn, type PartnerStatement, readPartnerStatement } from '../../../contract.ts';
import { CompareForm } from './compare-form.tsx';
import { Comparisons } from './comparisons.tsx';

const period = z.object({ from: z.string().optional(), to: z.string().optional() });
type Day = PartnerStatement['days'][number];

/** What happened on each day, for the partner as a file; and what comes of comparing it with the partner's own. */
export function StatementsTab({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation('membership');
  const [asked, change] = useSearchState(period);
  const [isComparing, setComparing] = useState(false);
  const statement = useEndpoint(readPartnerStatement, { params: { partnerId }, query: asked });
  const agreed = useEndpoint(listPartnerContracts, { params: { partnerId } });
  return (
    <Stack>
      <Loaded from={statement}>
        {({ from, to, days, timeZone, computedAt }) => (
          <Section title={t('partners.statement.title')}>
            <Stack>
              <Flex gap={8} wrap justify="space-between">
                <DateRangePicker value={{ from, to }} onChange={(range) => change({ from: range?.from, to: range?.to })} />
                <Flex gap={8} wrap>
                  {(['csv', 'json'] as const).map((format) => <Button key={format} disabled={days.length === 0} onClick={() => download(addressOf(exportPartnerStatement, { params: { partnerId }, query: { from, to, format } }))}>{t('partners.statement.download', { format: format.toUpperCase() })}</Button>)}
                </Flex>
              </Flex>
              {days.length === 0 ? <EmptyState title={t('partners.statement.none')} hint={t('partners.statement.noneHint')} /> : <Days days={days} packName={(packNo) => { const pack = agreed.data?.packs.find((each) => each.packNo === packNo); return pack ? nameIn(pack.names, currentLocale()) : '–'; }} />}
              <Typography.Text type="secondary">{t('partners.statement.zone', { timeZone })}</Typography.Text>
              <ComputedAt at={computedAt} />
            </Stack>
          </Section>
        )}
      </Loaded>
      <Comparisons partnerId={partnerId} onCompare={() => setComparing(true)} />
      <CompareForm partnerId={partnerId} open={isComparing} onClose={() => setComparing(false)} />
    </Stack>
  );
}

function Days({ days, packName }: { days: Day[]; packName: (packNo: number | null) => string }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const count = (key: 'bought' | 'granted' | 'used' | 'reversed') => ({ key, title: t(`partners.statement.${key}`), align: 'end' as const, render: (_: unknown, row: Day) => format.number(row[key]) });
  return (
    <Table<Day>
      rowKey={({ day, packNo, currency }) => `${day} ${packNo} ${currency}`}
      size="small"
      dataSource={days}
      pagination={days.length > 10 ? { pageSize: 10 } : false}
      scroll={{ x: 'max-content' }}
      columns={[
        { key: 'day', title: t('partners.statement.day'), render: (_, { day }) => format.date(day) },
        { key: 'pack', title: t('partners.given.pack'), render: (_, { packNo }) => packName(packNo) },
        count('bought'), count('granted'), count('used'), count('reversed'),
        { key: 'amount', title: t('partners.ledger.amount'), align: 'end', render: (_, { amount, currency }) => format.money(amount, currency) },
      ]}
    />
  );
}
