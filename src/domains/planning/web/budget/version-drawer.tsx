import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Drawer, Flex, Loaded, Select, Stack, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type BudgetVersionChange, listBudgetVersionChanges, listBudgetVersions } from '../../contract.ts';
import { useWho } from '../frame/use-who.ts';

/** The newest versions that can be chosen from. */
const choices = 200;

/** The budget as it was each time it was approved: by whom, what it came to, and what is otherwise in any of them than in another. */
export function VersionDrawer({ planNo, currency, onClose }: { planNo: number; currency: string; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const [chosen, choose] = useState<{ versionNo?: number; since?: number }>({});
  const versions = useEndpoint(listBudgetVersions, { params: { planNo }, query: { pageSize: choices } });
  return (
    <Drawer open onClose={onClose} size={860} title={t('budget.version.title')} destroyOnHidden>
      <Loaded from={versions}>
        {({ rows }) => {
          if (rows.length === 0) return <p>{t('budget.version.none')}</p>;
          const versionNo = chosen.versionNo ?? rows[0].versionNo;
          const since = chosen.since !== undefined && chosen.since < versionNo ? chosen.since : versionNo - 1;
          const version = rows.find((row) => row.versionNo === versionNo) ?? rows[0];
          const options = rows.map((row) => ({ value: row.versionNo, label: t('budget.version.choice', { no: row.versionNo, at: format.dateTime(row.approvedAt), by: row.approvedBy }) }));
          const earlier = [...options.filter(({ value }) => value < versionNo), { value: 0, label: t('budget.version.nothing') }];
          return (
            <Stack>
              <Flex gap="small" wrap align="center">
                <Select aria-label={t('budget.version.shown')} value={versionNo} options={options} onChange={(next) => choose({ versionNo: next })} style={{ minWidth: 260, maxWidth: '100%' }} />
                <span>{t('budget.version.against')}</span>
                <Select aria-label={t('budget.version.against')} value={since} options={earlier} onChange={(next) => choose({ versionNo, since: next })} style={{ minWidth: 260, maxWidth: '100%' }} />
              </Flex>
              <span>{t('budget.version.sum', { lines: format.number(version.lines), total: format.money(version.total, currency), by: version.approvedBy, at: format.dateTime(version.approvedAt) })}</span>
              <Changes key={`${versionNo} ${since}`} planNo={planNo} versionNo={versionNo} since={since} currency={currency} />
            </Stack>
          );
        }}
      </Loaded>
    </Drawer>
  );
}

function Changes({ planNo, versionNo, since, currency }: { planNo: number; versionNo: number; since: number; currency: string }) {
  const { t } = useTranslation('planning');
  const who = useWho();
  const format = useFormat();
  const cap = (amount: string | null, overCap: BudgetVersionChange['overCap']): string => (amount === null || overCap === null ? t('budget.version.absent') : t('budget.version.cap', { amount: format.money(amount, currency), overCap: t(`budget.overCap.${overCap}`) }));
  const columns: Column<BudgetVersionChange>[] = [
    { key: 'name', title: t('budget.column.name'), render: ({ name }) => name },
    { key: 'before', title: t('budget.version.before'), numeric: true, render: ({ capBefore, overCapBefore }) => cap(capBefore, overCapBefore) },
    { key: 'after', title: t('budget.version.after'), numeric: true, render: ({ cap: amount, overCap }) => cap(amount, overCap) },
    { key: 'reason', title: t('budget.reason'), render: ({ reason }) => reason || '–' },
    { key: 'askedBy', title: t('budget.version.askedBy'), render: ({ askedBy }) => who(askedBy) || '–' },
  ];
  return <DataTable endpoint={listBudgetVersionChanges} params={{ planNo, versionNo }} query={{ since }} columns={columns} rowKey={({ lineNo }) => lineNo} prefix="versions" />;
}
