import { useTranslation } from 'react-i18next';
import { Table, Tag, useFormat } from '../../../../web/kit.ts';
import type { PlanReport } from '../../contract.ts';
import styles from './reports.module.css';

const colors = { waiting: 'processing', sending: 'processing', sent: 'success', failed: 'error', unknown: 'warning' } as const;

/** Who got something, and how that went. */
export function CopyTable({ copies }: Pick<PlanReport, 'copies'>) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  return (
    <Table
      rowKey={({ name, at }) => `${name} ${at}`} size="small" pagination={copies.length > 10 ? { pageSize: 10 } : false} dataSource={copies} scroll={{ x: 'max-content' }}
      columns={[
        { key: 'name', title: t('reports.reader'), render: (_, { name }) => name },
        {
          key: 'state', title: t('reports.state'), render: (_, { state, why }) => (
            <>
              <Tag color={colors[state]}>{t(state === 'waiting' && why ? 'reports.copyStates.again' : `reports.copyStates.${state}`)}</Tag>
              {why && <div className={styles.why}>{why}</div>}
            </>
          ),
        },
        { key: 'at', title: t('reports.at'), render: (_, { state, why, at }) => (state === 'waiting' && why ? t('reports.nextAt', { at: format.dateTime(at) }) : format.dateTime(at)) },
      ]}
    />
  );
}
