import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, Flex, Input, Select, Stack, useEndpoint } from '../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { type QuestionFilter, readChoices, type readDefinitions } from '../../contract.ts';

type DimensionWords = EndpointReply<typeof readDefinitions>['dimensions'][number];

const tests = ['in', 'not_in', 'contains'] as const;

/** Which facts count: a row a filter. A filter without a value is not asked with. */
export function FilterRows({ filters, dimensions, onChange }: { filters: QuestionFilter[]; dimensions: DimensionWords[]; onChange: (filters: QuestionFilter[]) => void }) {
  const { t } = useTranslation('insights');
  const fields = dimensions.filter(({ isTime }) => !isTime);
  const replace = (at: number, filter: QuestionFilter): void => onChange(filters.map((each, i) => (i === at ? filter : each)));
  return (
    <Stack>
      {filters.map((filter, at) => (
        <Flex key={at} gap="small" wrap align="center">
          <Select
            aria-label={t('ask.filterBy')}
            value={filter.dimension}
            popupMatchSelectWidth={false}
            options={fields.map(({ name, label }) => ({ value: name, label }))}
            onChange={(dimension) => replace(at, { dimension, test: 'in', values: [] })}
          />
          <Select
            aria-label={t('ask.test')}
            value={filter.test}
            popupMatchSelectWidth={false}
            options={tests.map((test) => ({ value: test, label: t(`ask.tests.${test}`) }))}
            onChange={(test) => replace(at, test === 'contains' ? { dimension: filter.dimension, test, value: '' } : { dimension: filter.dimension, test, values: filter.test === 'contains' ? [] : filter.values })}
          />
          {filter.test === 'contains'
            ? <Input aria-label={t('ask.value')} style={{ width: 200 }} maxLength={200} value={filter.value} onChange={(event) => replace(at, { ...filter, value: event.target.value })} />
            : <ValueChoice dimension={filter.dimension} values={filter.values} onChange={(values) => replace(at, { ...filter, values })} />}
          <Button type="text" icon={<DeleteOutlined />} aria-label={t('ask.removeFilter')} onClick={() => onChange(filters.filter((_each, i) => i !== at))} />
        </Flex>
      ))}
      <div>
        <Button size="small" icon={<PlusOutlined />} disabled={fields.length === 0 || filters.length >= 20} onClick={() => onChange([...filters, { dimension: fields[0].name, test: 'in', values: [] }])}>
          {t('ask.addFilter')}
        </Button>
      </div>
    </Stack>
  );
}

function ValueChoice({ dimension, values, onChange }: { dimension: string; values: string[]; onChange: (values: string[]) => void }) {
  const { t } = useTranslation('insights');
  const [typed, setTyped] = useState('');
  const { data, isFetching } = useEndpoint(readChoices, { query: { dimension, q: typed } }, { freshForMs: 60_000 });
  return (
    <Select
      aria-label={t('ask.value')}
      mode="multiple"
      style={{ minWidth: 200, maxWidth: '100%' }}
      placeholder={t('ask.chooseValues')}
      value={values}
      loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={[...(data?.choices ?? []), { value: '', label: t('breakdown.unknown') }]}
      onChange={(chosen) => onChange(chosen.slice(0, 500))}
    />
  );
}
