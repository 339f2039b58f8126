import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Flex, Form, PickColumns, Select } from '../../../../web/kit.ts';
import { comparisons, type Question, type readDefinitions } from '../../contract.ts';
import { FilterRows } from './filter-rows.tsx';
import { PeriodChoice } from './period-choice.tsx';

interface QuestionEditorProps {
  question: Question;
  definitions: EndpointReply<typeof readDefinitions>;
  onChange: (question: Question) => void;
}

const limits = [10, 20, 50, 100, 500, 1_000];

/** What is asked: columns in their order, filters, period, and what it is compared with. What does not go together is greyed and says why. */
export function QuestionEditor({ question, definitions, onChange }: QuestionEditorProps) {
  const { t } = useTranslation('insights');
  const { metrics, dimensions } = definitions;
  const chosenMetrics = metrics.filter(({ name }) => question.metrics.includes(name));
  const used = [...question.dimensions, ...question.filters.map(({ dimension }) => dimension)];
  const labelOf = (name: string): string => dimensions.find((dimension) => dimension.name === name)?.label ?? name;
  const change = (part: Partial<Question>): void => {
    const next = { ...question, ...part };
    const columns = [...next.metrics, ...next.dimensions];
    onChange({ ...next, sort: next.sort && columns.includes(next.sort.by) ? next.sort : null });
  };
  const fitting = dimensions.filter(({ name }) => chosenMetrics.every((metric) => metric.dimensions.includes(name)));
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={t('ask.metrics')}>
        <PickColumns
          label={t('ask.metrics')}
          addLabel={t('ask.addMetric')}
          most={20}
          chosen={question.metrics}
          items={metrics.map(({ name, label, definition, subject, dimensions: own }) => {
            const strange = used.find((dimension) => !own.includes(dimension));
            return { key: name, label, definition, group: t(`subjects.${subject}`), ...(strange ? { refusal: t('ask.refusedBy', { dimension: labelOf(strange) }) } : {}) };
          })}
          onChange={(chosen) => chosen.length > 0 && change({ metrics: chosen })}
        />
      </Form.Item>
      <Form.Item label={t('ask.dimensions')}>
        <PickColumns
          label={t('ask.dimensions')}
          addLabel={t('ask.addDimension')}
          most={3}
          chosen={question.dimensions}
          items={dimensions.map(({ name, label, definition, group }) => {
            const strange = chosenMetrics.find((metric) => !metric.dimensions.includes(name));
            return { key: name, label, definition, group: t(`groups.${group}`), ...(strange ? { refusal: t('ask.refusedBy', { dimension: strange.label }) } : {}) };
          })}
          onChange={(chosen) => change({ dimensions: chosen })}
        />
      </Form.Item>
      <Form.Item label={t('ask.filters')}>
        <FilterRows filters={question.filters} dimensions={fitting} onChange={(filters) => change({ filters })} />
      </Form.Item>
      <Flex gap="middle" wrap>
        <Form.Item label={t('ask.period')}><PeriodChoice value={question.period} onChange={(period) => change({ period })} /></Form.Item>
        <Form.Item label={t('ask.compare')}>
          <Select
            aria-label={t('ask.compare')}
            value={question.compare}
            popupMatchSelectWidth={false}
            options={comparisons.map((compare) => ({ value: compare, label: t(`compare.${compare}`) }))}
            onChange={(compare) => change({ compare })}
          />
        </Form.Item>
        <Form.Item label={t('ask.limit')}>
          <Select aria-label={t('ask.limit')} value={question.limit} options={limits.map((limit) => ({ value: limit, label: t('ask.rows', { count: limit }) }))} onChange={(limit) => change({ limit })} />
        </Form.Item>
      </Flex>
    </Form>
  );
}

/** A question without what is not filled in yet. */
export const askable = (question: Question): Question => ({
  ...question,
  filters: question.filters.filter((filter) => (filter.test === 'contains' ? filter.value !== '' : filter.values.length > 0)),
});
