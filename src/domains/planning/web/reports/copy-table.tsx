import { useTranslation } from 'react-i18next';
import { Table, Tag, Tooltip, useFormat } from '../../../../web/kit.ts';
import type { PlanReport } from '../../contract.ts';

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
          key: 'state', title: t('reports.state'), render: (_, { state, problem }) => {
            const tag = <Tag color={colors[state]}>{t(`reports.copyStates.${state}`)}</Tag>;
            const [domain, code] = (problem ?? '').split('.');
            return problem ? <Tooltip title={t(`${domain}:problem.${code}`)}>{tag}</Tooltip> : tag;
          },
        },
        { key: 'at', title: t('reports.at'), render: (_, { at }) => format.dateTime(at) },
      ]}
    />
  );
}
