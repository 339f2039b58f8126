import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldList } from '../../../audiences/web/inputs/use-field-list.ts';
import { ComputedAt, DateRangePicker, EmptyState, Flex, InputNumber, Loaded, PageHeader, Section, SegmentedControl, Select, Sentence, Stack, Switch, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { flowLimits, type FlowStepPeople, readFlow } from '../../contract.ts';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import { FlowChart } from './flow-chart.tsx';
import { FlowTransitions } from './flow-transitions.tsx';
import { type FlowQuestion, useFlowQuestion } from './use-flow-question.ts';

/** The usual paths between events within a visit or some days, and where they end. */
export default function FlowPage() {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const question = useFlowQuestion();
  const { asked } = question;
  const [people, setPeople] = useState<Pick<FlowStepPeople, 'at' | 'step' | 'then'> | null>(null);
  const found = useEndpoint(readFlow, { body: asked });
  return (
    <Stack>
      <PageHeader title={t('flow.title')} subtitle={t('flow.lead')} />
      <FlowControls question={question} />
      <Loaded from={found}>
        {(reply) => (reply.paths === 0 ? <EmptyState title={t('flow.none')} hint={t('flow.noneHint')} /> : (
          <div aria-busy={found.isPlaceholderData}>
            <Stack>
              <Sentence>{t(`flow.summary_${asked.path.of}`, { count: reply.paths, paths: format.number(reply.paths), days: question.days })}</Sentence>
              <ComputedAt at={reply.computedAt} />
              <Section>
                <FlowChart reply={reply} />
              </Section>
              <Section title={t('flow.transitions')}>
                <FlowTransitions reply={reply} onPeople={setPeople} />
              </Section>
            </Stack>
          </div>
        ))}
      </Loaded>
      <PeopleDrawer of={people && { kind: 'flow_step', ...asked, ...people }} onClose={() => setPeople(null)} />
    </Stack>
  );
}

function FlowControls({ question: { asked, days, change, choosePeriod } }: { question: FlowQuestion }) {
  const { t } = useTranslation('insights');
  const { data } = useFieldList();
  return (
    <Flex gap="small" wrap align="center">
      <DateRangePicker value={{ from: asked.from, to: asked.to }} onChange={(range) => range && choosePeriod(range)} />
      <SegmentedControl label={t('flow.path')} value={asked.path.of} options={(['visit', 'days'] as const).map((value) => ({ value, label: t(`flow.pathOf.${value}`) }))} onChange={(of) => change({ of })} />
      {asked.path.of === 'days' && <InputNumber aria-label={t('flow.days')} min={1} max={flowLimits.days} value={days} suffix={t('funnel.unit.day')} onChange={(value) => value !== null && change({ days: value })} />}
      <Select
        aria-label={t('flow.start')}
        value={asked.start ?? ''}
        showSearch
        optionFilterProp="label"
        popupMatchSelectWidth={false}
        options={[{ value: '', label: t('flow.anyStart') }, ...(data?.events ?? []).filter(({ name }) => name !== '').map(({ name, label }) => ({ value: name, label: t('flow.startAt', { event: label }) }))]}
        onChange={(value) => change({ start: value === '' ? undefined : value })}
      />
      <Select
        aria-label={t('flow.depth')}
        value={asked.depth}
        options={Array.from({ length: flowLimits.depth }, (_, i) => ({ value: i + 1, label: t('flow.depthOf', { count: i + 1 }) }))}
        onChange={(depth) => change({ depth })}
      />
      <Flex gap={6} align="center">
        <Switch size="small" checked={asked.orders} aria-label={t('flow.orders')} onChange={(checked) => change({ orders: checked ? '1' : '0' })} />
        <Typography.Text>{t('flow.orders')}</Typography.Text>
      </Flex>
    </Flex>
  );
}
