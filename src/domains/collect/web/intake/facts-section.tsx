import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Alert, ComputedAt, Section, Stack, Table, Tag, Timeline, useFormat } from '../../../../web/kit.ts';
import type { readDataQuality } from '../../intake/desk/contract.ts';

type Facts = EndpointReply<typeof readDataQuality>['facts'];

const tables = ['event', 'order_line'] as const;

/** Rows of the fact log beside those ClickHouse had at the last comparison, and what was repaired. */
export function FactsSection({ facts }: { facts: Facts }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const { lastCheck, repairs } = facts;
  const rows = lastCheck ? tables.map((table) => ({ table, logged: lastCheck.logged[table], found: lastCheck.found[table] })) : [];
  return (
    <Section
      title={t('quality.facts')}
      extra={facts.state === 'ready' ? <Tag color="success">{t('quality.ready')}</Tag> : <Tag color="warning">{t('quality.rebuilding')}</Tag>}
    >
      <Stack>
        {lastCheck === null ? <Alert type="info" title={t('quality.noCheck')} /> : (
          <>
            <Table
              size="small"
              pagination={false}
              rowKey="table"
              dataSource={rows}
              columns={[
                { key: 'table', title: t('quality.table'), render: (_, row) => t(`quality.${row.table}`) },
                { key: 'logged', title: t('quality.logged'), align: 'end', render: (_, row) => format.number(row.logged) },
                { key: 'found', title: t('quality.found'), align: 'end', render: (_, row) => format.number(row.found) },
                { key: 'difference', title: t('quality.difference'), align: 'end', render: (_, row) => format.number(row.found - row.logged) },
              ]}
            />
            <ComputedAt at={lastCheck.checkedAt} />
          </>
        )}
        {repairs.length > 0 && (
          <Timeline
            items={repairs.map((repair) => ({
              key: repair.checkedAt,
              at: repair.checkedAt,
              title: repair.rebuilt ? t('quality.rebuilt') : t('quality.repairedBatches', { count: repair.repairedBatches }),
            }))}
          />
        )}
      </Stack>
    </Section>
  );
}
