import { useTranslation } from 'react-i18next';
import { Chart, EmptyState, Loaded, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type AssociationLevel, type AssociationRule, listAssociationRules } from '../../contract.ts';

const strongest = 60;
const rowPx = 26;
const marginPx = 190;

/** The strongest rules between single items: rows are bought first, columns beside it. */
export function MatrixChart({ level }: { level: AssociationLevel }) {
  const { t } = useTranslation('insights');
  const found = useEndpoint(listAssociationRules, { query: { level, basis: 'basket', size: 1, sure: '1', sort: '-lift', pageSize: strongest } });
  return (
    <Loaded from={found}>
      {({ rows }) => (rows.length === 0 ? <EmptyState title={t('association.list.empty')} hint={t('association.list.emptyHint')} /> : <Matrix rules={rows} />)}
    </Loaded>
  );
}

function Matrix({ rules }: { rules: AssociationRule[] }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const first = [...new Set(rules.map(({ antecedent: [{ name }] }) => name))];
  const second = [...new Set(rules.map(({ consequent }) => consequent.name))];
  const cells = rules.map(({ antecedent: [{ name }], consequent, lift }) => [second.indexOf(consequent.name), first.indexOf(name), Math.round(lift * 100) / 100]);
  const lifts = rules.map(({ lift }) => lift);
  const axis = { type: 'category' as const, splitArea: { show: true }, axisLabel: { width: 120, overflow: 'truncate' as const, interval: 0 } };
  return (
    <Chart
      title={t('association.chart.title')}
      summary={t('association.chart.alt')}
      heightPx={marginPx + first.length * rowPx}
      option={{
        grid: { left: 8, right: 16, top: 8, bottom: 56, containLabel: true },
        tooltip: { formatter: ({ data }: { data: number[] }) => `${first[data[1]]} → ${second[data[0]]}: ${format.number(data[2])}`, renderMode: 'richText' },
        xAxis: { ...axis, data: second, axisLabel: { ...axis.axisLabel, rotate: 45 } },
        yAxis: { ...axis, data: first, inverse: true },
        visualMap: { min: Math.min(1, ...lifts), max: Math.max(...lifts), calculable: false, orient: 'horizontal', left: 'center', bottom: 0, text: [t('association.column.lift'), ''] },
        series: [{ type: 'heatmap', data: cells, label: { show: second.length <= 14 } }],
      }}
      table={{
        columns: [t('association.column.antecedent'), t('association.column.consequent'), t('association.column.lift'), t('association.column.confidence'), t('association.column.withBoth')],
        rows: rules.map(({ antecedent: [{ name }], consequent, lift, confidence, withBoth }) => [name, consequent.name, format.number(lift), format.percent(confidence), format.number(withBoth)]),
      }}
    />
  );
}
