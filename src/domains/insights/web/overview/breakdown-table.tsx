import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, type Column, DataTable, Delta, EmptyState, FigureButton, Link, type RowOf, Select, useFormat, useMay } from '../../../../web/kit.ts';
import { type DimensionName, exportBreakdown, exportFormats, type MetricName, metricNames, metricTraits, readBreakdown, timeDimensions } from '../../contract.ts';
import { drawn, useFigureText } from '../report/use-figure-text.ts';

type Row = RowOf<typeof readBreakdown>;

const optional = new Set<string>(['units', 'linesWithoutCustomer', 'linesInOtherCurrency']);

interface BreakdownTableProps {
  dimension: DimensionName;
  query: Record<string, unknown>;
  onPeople: (metric: MetricName, key: string) => void;
}

/** Every metric by the values of one dimension: sorted, searched, paged and exported by the server. */
export function BreakdownTable({ dimension, query, onPeople }: BreakdownTableProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const text = useFigureText();
  const mayExport = useMay('insights.export');
  const [fileFormat, setFileFormat] = useState<(typeof exportFormats)[number]>('xlsx');
  const maySeeProducts = useMay('commerce.read');
  const isTime = timeDimensions.some((name) => name === dimension);
  const nameOf = (row: Row) => {
    if (row.key === '') return t('breakdown.unknown');
    if (isTime) return dimension === 'month' ? row.key.slice(0, 7) : format.date(row.key);
    return dimension === 'product' && maySeeProducts ? <Link to={`/products/${encodeURIComponent(row.key)}`}>{row.label}</Link> : row.label;
  };
  const columns: Column<Row>[] = [
    { key: 'key', title: t(`dimension.${dimension}.label`), sortable: true, render: nameOf },
    ...metricNames.map((metric): Column<Row> => ({
      key: metric,
      title: t(`metric.${metric}.label`),
      numeric: true,
      sortable: true,
      optional: optional.has(metric),
      render: (row) => (metric !== 'linesWithoutCustomer' && drawn(metric, row.figures) !== 0
        ? <FigureButton text={text(metric, row.figures)} label={t('ask.people', { metric: t(`metric.${metric}.label`), value: text(metric, row.figures) })} onClick={() => onPeople(metric, row.key)} />
        : text(metric, row.figures)),
    })),
    {
      key: 'change',
      title: t('breakdown.change', { metric: t('metric.sales.label') }),
      render: (row) => <Delta value={drawn('sales', row.figures)} previous={drawn('sales', row.before)} more={metricTraits.sales.more} />,
    },
  ];
  return (
    <DataTable
      key={dimension}
      prefix={`${dimension}-`}
      endpoint={readBreakdown}
      params={{ dimension }}
      query={query}
      columns={columns}
      rowKey={(row) => row.key}
      searchPlaceholder={isTime ? undefined : t('breakdown.search')}
      exportHref={mayExport ? (asked) => addressOf(exportBreakdown, { params: { dimension }, query: { ...asked, format: fileFormat } as typeof query & { from: string; to: string; format: typeof fileFormat } }) : undefined}
      exportChoice={mayExport && <Select aria-label={t('takeOut.format')} value={fileFormat} onChange={setFileFormat} popupMatchSelectWidth={false} options={exportFormats.map((value) => ({ value, label: t(`takeOut.formats.${value}`) }))} />}
      empty={<EmptyState title={t('empty.periodTitle')} hint={t('empty.periodHint')} />}
    />
  );
}
