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
      rowKey={({ name, at }) => `${name} ${at}`} size="small" pagination={copies.length > 10 ? { pageSize: 10 } : false} dataSource={copies}
      columns={[
        { key: 'name', title: t('reports.reader'), width: '38%', render: (_, { name }) => <span className={styles.name}>{name}</span> },
        {
          key: 'state', title: t('reports.state'), render: (_, { state, why, at }) => {
            const isAgain = state === 'waiting' && why !== null;
            return (
              <>
                <Tag color={colors[state]}>{t(isAgain ? 'reports.copyStates.again' : `reports.copyStates.${state}`)}</Tag>
                <span className={styles.at}>{isAgain ? t('reports.nextAt', { at: format.dateTime(at) }) : format.dateTime(at)}</span>
                {why && <div className={styles.why}>{why}</div>}
              </>
            );
          },
        },
      ]}
    />
  );
}
