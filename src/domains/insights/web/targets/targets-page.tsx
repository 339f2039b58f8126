import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Alert, Button, Flex, InputNumber, Loaded, PageHeader, Section, Select, Stack, Table, todayIn, Typography, useAction, useEndpoint, useMay, useSearchState, useSession } from '../../../../web/kit.ts';
import { askQuestion, listTargets, readChoices, readDefinitions, setTargets } from '../../contract.ts';
import { useAnswerText } from '../ask/use-answer-text.ts';

const state = z.object({ metric: z.string().default('sales'), year: z.coerce.number().int().min(2000).max(2100).optional(), dimension: z.string().default(''), value: z.string().default('') });

/** What metrics should come to, month by month, in all or for one value of a dimension. */
export default function TargetsPage() {
  const { t } = useTranslation('insights');
  const thisYear = Number(todayIn(useSession().brand.timeZone).slice(0, 4));
  const [{ metric, year = thisYear, dimension, value }, change] = useSearchState(state);
  const definitions = useEndpoint(readDefinitions, {}, { freshForMs: 300_000 });
  const { data: choices } = useEndpoint(readChoices, { query: { dimension } }, { enabled: dimension !== '' });
  const targets = useEndpoint(listTargets, { query: { year } });
  return (
    <Stack>
      <PageHeader title={t('navigation.targets')} subtitle={t('targets.subtitle')} />
      <Loaded from={definitions}>
        {({ metrics, dimensions }) => {
          const chosen = metrics.find(({ name }) => name === metric);
          const fitting = dimensions.filter(({ name, isTime }) => !isTime && chosen?.dimensions.includes(name));
          return (
            <>
              <Flex gap="small" wrap>
                <Select aria-label={t('ask.metrics')} value={metric} popupMatchSelectWidth={false} showSearch={{ optionFilterProp: 'label' }} options={metrics.map(({ name, label }) => ({ value: name, label }))} onChange={(name) => change({ metric: name, dimension: '', value: '' })} />
                <Select aria-label={t('targets.scope')} value={dimension} popupMatchSelectWidth={false} options={[{ value: '', label: t('targets.all') }, ...fitting.map(({ name, label }) => ({ value: name, label }))]} onChange={(name) => change({ dimension: name, value: '' })} />
                {dimension !== '' && <Select aria-label={t('ask.value')} style={{ minWidth: 160 }} placeholder={t('targets.chooseValue')} value={value || undefined} options={choices?.choices ?? []} onChange={(each) => change({ value: each })} />}
                <InputNumber aria-label={t('targets.year')} min={2000} max={2100} value={year} onChange={(next) => next && change({ year: next })} />
              </Flex>
              {dimension !== '' && value === ''
                ? <Alert type="info" showIcon title={t('targets.chooseValue')} />
                : (
                  <Loaded from={targets}>
                    {(reply) => (
                      <MonthTargets
                        key={`${metric} ${dimension} ${value} ${year}`}
                        scope={{ metric, dimension: dimension || null, value: dimension ? value : null }}
                        year={year}
                        saved={reply.targets.filter((each) => each.metric === metric && (each.dimension ?? '') === dimension && (each.value ?? '') === value)}
                      />
                    )}
                  </Loaded>
                )}
              <Overview rows={targets.data?.targets ?? []} metrics={metrics} dimensions={dimensions} />
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}

interface MonthTargetsProps {
  scope: { metric: string; dimension: string | null; value: string | null };
  year: number;
  saved: { month: string; target: string }[];
}

function MonthTargets({ scope, year, saved }: MonthTargetsProps) {
  const { t } = useTranslation('insights');
  const mayEdit = useMay('insights.edit');
  const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}-01`);
  const inSaved = JSON.stringify(saved);
  const [draft, setDraft] = useState<Record<string, string | null>>({});
  useEffect(() => setDraft(Object.fromEntries(saved.map(({ month, target }) => [month, target]))), [inSaved]);
  const save = useAction(setTargets, { invalidates: [listTargets, askQuestion], done: t('kept.saved') });
  return (
    <Section title={t('targets.months', { year })} extra={mayEdit && <Button type="primary" loading={save.isPending} onClick={() => save.mutate({ body: { ...scope, months: months.map((month) => ({ month, target: draft[month] ?? null })) } })}>{t('kept.save')}</Button>}>
      <Flex gap="small" wrap>
        {months.map((month) => (
          <label key={month}>
            <Typography.Text type="secondary">{month.slice(0, 7)}</Typography.Text>
            <div>
              <InputNumber<string> stringMode min="0" precision={undefined} disabled={!mayEdit} aria-label={month.slice(0, 7)} style={{ width: 150 }} value={draft[month] ?? null} onChange={(next) => setDraft({ ...draft, [month]: next === null || next === '' ? null : String(next) })} />
            </div>
          </label>
        ))}
      </Flex>
    </Section>
  );
}

interface OverviewProps {
  rows: { metric: string; dimension: string | null; label: string | null; month: string; target: string }[];
  metrics: { name: string; label: string; unit: 'money' | 'count' | 'quantity' | 'percent' }[];
  dimensions: { name: string; label: string }[];
}

function Overview({ rows, metrics, dimensions }: OverviewProps) {
  const { t } = useTranslation('insights');
  const text = useAnswerText();
  const byMetric = new Map(metrics.map((metric) => [metric.name, metric]));
  const labels = new Map(dimensions.map(({ name, label }) => [name, label]));
  if (rows.length === 0) return <Typography.Text type="secondary">{t('targets.none')}</Typography.Text>;
  return (
    <Section title={t('targets.set')}>
      <Table
        size="small"
        scroll={{ x: 'max-content' }}
        pagination={rows.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        rowKey={(row) => JSON.stringify([row.metric, row.dimension, row.label, row.month])}
        dataSource={rows}
        columns={[
          { key: 'metric', title: t('ask.metrics'), render: (_value, row) => byMetric.get(row.metric)?.label ?? row.metric },
          { key: 'scope', title: t('targets.scope'), render: (_value, row) => (row.dimension ? t('targets.of', { dimension: labels.get(row.dimension) ?? row.dimension, value: row.label || t('breakdown.unknown') }) : t('targets.all')) },
          { key: 'month', title: t('dimension.month.label'), render: (_value, row) => row.month.slice(0, 7) },
          { key: 'target', title: t('compare.target'), align: 'end', render: (_value, row) => text(row.target, byMetric.get(row.metric)?.unit ?? null) },
        ]}
      />
    </Section>
  );
}
