import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, Button, Collapse, type Column, DataTable, EmptyState, Flex, type RowOf, Stack, Switch, Tag, Typography, useFormat, useMay } from '../../../../web/kit.ts';
import { type AssociationBasis, type AssociationLevel, type AssociationParams, type AssociationResult, exportAssociationRules, listAssociationRules, type PeopleOf } from '../../contract.ts';
import { PeopleDrawer } from '../people/people-drawer.tsx';

type Row = RowOf<typeof listAssociationRules>;

interface RuleTableProps {
  basis: AssociationBasis;
  level: AssociationLevel;
  list: AssociationResult['product']['baskets'];
  params: AssociationParams;
}

const formulas = ['support', 'confidence', 'lift', 'conviction', 'q'] as const;

/** Rules of the newest run: sorted, searched, narrowed and paged by the server; the people behind each one click away. */
export function RuleTable({ basis, level, list, params }: RuleTableProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const mayExport = useMay('insights.export');
  const [sure, setSure] = useState(false);
  const [people, setPeople] = useState<PeopleOf | null>(null);
  const columns = useColumns(({ antecedent, consequent }) => setPeople({
    kind: 'association', level, antecedent: antecedent.map(({ id }) => id), consequent: consequent.id, bought: false, days: params.periodDays,
  }));
  return (
    <Stack>
      <Typography.Text type="secondary">
        {t('association.list.found', { tested: format.number(list.tested), found: format.number(list.found), kept: format.number(list.kept), least: format.number(list.leastCount) })}
      </Typography.Text>
      <DataTable
        key={`${level}-${basis}`}
        prefix={`${level}-${basis}-`}
        endpoint={listAssociationRules}
        query={{ level, basis, sure: sure ? '1' : '0' }}
        columns={columns}
        rowKey={(row) => row.ruleNo}
        searchPlaceholder={t('association.filter.search')}
        filters={basis === 'basket' ? [{ key: 'size', label: t('association.filter.size'), options: [1, 2, 3].map((count) => ({ value: String(count), label: t('association.filter.sizeOf', { count }) })) }] : []}
        extra={<Flex gap="small" align="center"><Switch size="small" checked={sure} onChange={setSure} aria-label={t('association.filter.sure')} /><span>{t('association.filter.sure')}</span></Flex>}
        narrowed={sure}
        exportHref={mayExport ? (query) => addressOf(exportAssociationRules, { query }) : undefined}
        empty={<EmptyState title={t('association.list.empty')} hint={t('association.list.emptyHint')} />}
      />
      <Collapse
        size="small"
        items={[{
          key: 'formulas', label: t('association.formulas'),
          children: <Stack>{basis === 'sequence' && <div>{t('association.formula.sequence', { days: params.windowDays })}</div>}{formulas.map((name) => <div key={name}>{t(`association.formula.${name}`)}</div>)}</Stack>,
        }]}
      />
      <PeopleDrawer of={people} onClose={() => setPeople(null)} />
    </Stack>
  );
}

function useColumns(onPeople: (row: Row) => void): Column<Row>[] {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const number = (key: 'withAntecedent' | 'withConsequent' | 'withBoth' | 'base', rest: Partial<Column<Row>> = {}): Column<Row> => ({ key, title: t(`association.column.${key}`), numeric: true, render: (row) => format.number(row[key]), ...rest });
  return [
    { key: 'rule', title: t('association.column.rule'), render: ({ antecedent, consequent }) => <Flex gap={4} wrap align="center">{antecedent.map(({ id, name }) => <Tag key={id}>{name}</Tag>)}<span>→</span><Tag color="blue">{consequent.name}</Tag></Flex> },
    { key: 'confidence', title: t('association.column.confidence'), numeric: true, sortable: true, render: (row) => format.percent(row.confidence) },
    { key: 'lift', title: t('association.column.lift'), numeric: true, sortable: true, render: (row) => format.number(row.lift) },
    { key: 'support', title: t('association.column.support'), numeric: true, sortable: true, render: (row) => format.percent(row.support, 2) },
    number('withBoth', { sortable: true }),
    { key: 'conviction', title: t('association.column.conviction'), numeric: true, sortable: true, render: (row) => (row.conviction === null ? t('association.list.never') : format.number(row.conviction)) },
    { key: 'q', title: t('association.column.q'), numeric: true, sortable: true, render: (row) => (row.q < 0.0001 ? '< 0.0001' : format.number(row.q, 4)) },
    number('withAntecedent', { optional: true }),
    number('withConsequent', { optional: true }),
    number('base', { optional: true }),
    { key: 'people', title: t('association.column.people'), render: (row) => <Button size="small" type="link" onClick={() => onPeople(row)}>{t('association.people.show')}</Button> },
  ];
}
