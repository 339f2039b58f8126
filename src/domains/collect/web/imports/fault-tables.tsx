import { useTranslation } from 'react-i18next';
import { Section, Table, useFormat } from '../../../../web/kit.ts';
import type { DryRun } from '../../imports/contract.ts';

/** Faults by kind and column, the most frequent first. */
export function FaultTable({ faults }: { faults: DryRun['faults'] }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  if (faults.length === 0) return null;
  return (
    <Section title={t('imports.check.faults')}>
      <Table
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey={(fault) => `${fault.column} ${fault.failure} ${fault.rejected}`}
        dataSource={faults}
        columns={[
          { title: t('imports.fault.column'), render: (_, fault) => fault.column ?? t('imports.fault.wholeRow') },
          { title: t('imports.fault.reason'), render: (_, fault) => t(`row.${fault.failure}`, { value: '…', column: fault.column ?? '' }) },
          { title: t('imports.fault.rows'), align: 'end', render: (_, fault) => format.number(fault.rows) },
          { title: t('imports.fault.effect'), render: (_, fault) => t(fault.rejected ? 'imports.fault.rejectedRow' : 'imports.fault.leftOut') },
        ]}
      />
    </Section>
  );
}

/** The first rows that would not go in, with what stands in them. */
export function RejectedTable({ rows }: { rows: DryRun['firstRejected'] }) {
  const { t } = useTranslation('collect');
  if (rows.length === 0) return null;
  return (
    <Section title={t('imports.check.firstRejected')}>
      <Table
        size="small"
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        rowKey={(row) => row.rowNumber}
        dataSource={rows}
        columns={[
          { title: t('imports.fault.row'), align: 'end', render: (_, row) => row.rowNumber },
          { title: t('imports.fault.column'), render: (_, row) => row.faults.map((fault) => fault.column ?? t('imports.fault.wholeRow')).join(' · ') },
          {
            title: t('imports.fault.reason'),
            render: (_, row) => row.faults.map((fault) => t(`row.${fault.failure}`, { value: fault.value, column: fault.column ?? '' })).join(' '),
          },
          { title: t('imports.fault.cells'), ellipsis: true, width: 360, render: (_, row) => row.cells?.join(' | ') ?? row.text },
        ]}
      />
    </Section>
  );
}
