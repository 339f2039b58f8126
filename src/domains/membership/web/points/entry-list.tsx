import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { App, Button, call, Loaded, Section, sentenceOf, Stack, Table, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { listPointsEntries, type ShownEntry } from '../../contract.ts';
import { WhyEntry } from './why-entry.tsx';

type Page = EndpointReply<typeof listPointsEntries>;

/** Every line of a person's points, the newest first; earlier ones are fetched when asked for. */
export function EntryList({ customerNo, none }: { customerNo: number; none: ReactNode }) {
  const { t } = useTranslation('membership');
  const { t: tWeb } = useTranslation('web');
  const { notification } = App.useApp();
  const first = useEndpoint(listPointsEntries, { params: { customerNo } });
  const [older, setOlder] = useState<Page[]>([]);
  const [isLoading, setLoading] = useState(false);
  const more = async (before: number): Promise<void> => {
    setLoading(true);
    try {
      const page = await call(listPointsEntries, { params: { customerNo }, query: { before } });
      setOlder((pages) => [...pages, page]);
    } catch (error) {
      notification.error({ title: tWeb('error.title'), description: sentenceOf(error, tWeb) });
    } finally {
      setLoading(false);
    }
  };
  return (
    <Loaded from={first}>
      {(page) => {
        const { next } = older.at(-1) ?? page;
        if (page.entries.length === 0) return none;
        return (
          <Section title={t('points.history')}>
            <Stack>
              <EntryTable customerNo={customerNo} entries={[page, ...older].flatMap(({ entries }) => entries)} />
              {next !== null && <Button block loading={isLoading} onClick={() => void more(next)}>{t('points.more')}</Button>}
            </Stack>
          </Section>
        );
      }}
    </Loaded>
  );
}

function EntryTable({ customerNo, entries }: { customerNo: number; entries: ShownEntry[] }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const [asked, setAsked] = useState<number | null>(null);
  const lotText = ({ kind }: ShownEntry, { amount, earnedAt }: ShownEntry['lots'][number]): string =>
    t(kind === 'earn' ? 'points.lotOf_earn' : 'points.lotOf', { shown: format.number(amount), when: format.date(earnedAt) });
  return (
    <>
      <Table<ShownEntry>
        rowKey="entryNo"
        size="small"
        dataSource={entries}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { key: 'occurredAt', title: t('points.entry.occurredAt'), render: (_, { occurredAt }) => format.dateTime(occurredAt) },
          { key: 'amount', title: t('points.entry.amount'), align: 'end', render: (_, { amount }) => <Typography.Text type={amount > 0 ? 'success' : undefined}>{amount > 0 ? '+' : ''}{format.number(amount)}</Typography.Text> },
          { key: 'sentence', title: t('points.entry.sentence'), render: (_, { sentence }) => sentence },
          { key: 'lots', title: t('points.entry.lots'), render: (_, entry) => entry.lots.map((lot) => <div key={lot.lotNo}>{lotText(entry, lot)}</div>) },
          { key: 'why', render: (_, { entryNo }) => <Button type="link" size="small" onClick={() => setAsked(entryNo)}>{t('why.open')}</Button> },
        ]}
      />
      {asked !== null && <WhyEntry customerNo={customerNo} entryNo={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
