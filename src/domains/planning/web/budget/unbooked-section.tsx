import { useTranslation } from 'react-i18next';
import { Link, Remark, Section, Table, useFormat } from '../../../../web/kit.ts';
import type { Unbooked } from '../../contract.ts';

const atOnce = 10;

/** What programs have cost that no line says, so that lines and this together are all that was spent. */
export function UnbookedSection({ unbooked: { amount, count, programs }, currency }: { unbooked: Unbooked; currency: string }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const money = (key: 'amount' | 'spent', title: string) => ({ key, title: t(title), align: 'right' as const, render: (_: unknown, row: Unbooked['programs'][number]) => format.money(row[key], currency) });
  return (
    <Section title={t('budget.unbooked.title', { amount: format.money(amount, currency) })}>
      <Remark>{t('budget.unbooked.hint')}</Remark>
      <Table<Unbooked['programs'][number]>
        size="small" rowKey="program" dataSource={[...programs]} pagination={programs.length > atOnce && { pageSize: atOnce, showSizeChanger: false }} scroll={{ x: 'max-content' }}
        columns={[{ key: 'program', title: t('budget.entry.program'), render: (_, { name, path }) => <Link to={path}>{name}</Link> }, money('amount', 'budget.unbooked.cost'), money('spent', 'budget.unbooked.spent')]}
      />
      {count > programs.length && <Remark>{t('budget.unbooked.more', { count: count - programs.length })}</Remark>}
    </Section>
  );
}
