import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ComputedAt, EmptyState, Flex, Loaded, Section, SegmentedControl, Sentence, Stack, TrendChart, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type FunnelAsked, type FunnelStepPeople, readFunnel, timeDimensions, type TimeDimension } from '../../contract.ts';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import { FunnelGroups } from './funnel-groups.tsx';
import { FunnelNext } from './funnel-next.tsx';
import { FunnelSteps } from './funnel-steps.tsx';
import { useStepName } from './use-step-name.ts';

interface FunnelResultProps {
  asked: FunnelAsked;
  by: TimeDimension;
  onBy: (by: TimeDimension) => void;
  /** Another question is on its way. */
  isOld: boolean;
}

/** How far people got, by step, by group and over time, with the people behind every number. */
export function FunnelResult({ asked, by, onBy, isOld }: FunnelResultProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const nameOf = useStepName();
  const [people, setPeople] = useState<Pick<FunnelStepPeople, 'step' | 'part' | 'group'> | null>(null);
  const [next, setNext] = useState<number | null>(null);
  const found = useEndpoint(readFunnel, { body: { ...asked, by } });
  return (
    <div aria-busy={isOld || found.isPlaceholderData}>
      <Loaded from={found}>
        {({ steps, whole, groups, trend, computedAt }) => {
          const [first, last] = [steps[0], steps[steps.length - 1]];
          // An answer to the question before has other steps.
          if (steps.length !== asked.steps.length) return null;
          if (first.reached === 0) return <EmptyState title={t('funnel.nobody')} hint={t('funnel.nobodyHint', { step: nameOf(asked.steps[0]) })} />;
          return (
            <Stack>
              <Sentence>
                {t('funnel.summary', { count: first.reached, first: format.number(first.reached), last: format.number(last.reached), share: format.percent(last.reached / first.reached) })}
                {whole && t('funnel.summaryTime', { median: format.duration(whole.median) })}
              </Sentence>
              <ComputedAt at={computedAt} />
              <Section>
                <FunnelSteps steps={steps} asked={asked.steps} onPeople={(step, part) => setPeople({ step, part, group: null })} onNext={setNext} />
              </Section>
              {groups.length > 0 && <FunnelGroups groups={groups} asked={asked.steps} split={asked.split.by} onPeople={(step, key) => setPeople({ step, part: 'reached', group: { key } })} />}
              <Section
                title={t('funnel.trend')}
                extra={<Flex><SegmentedControl label={t('funnel.by')} value={by} options={timeDimensions.map((value) => ({ value, label: t(`dimension.${value}.label`) }))} onChange={onBy} /></Flex>}
              >
                <TrendChart
                  title={t('funnel.trendTitle')}
                  heading={t(`dimension.${by}.label`)}
                  unit="percent"
                  categories={trend.map(({ start }) => format.date(start))}
                  series={[{ name: t('funnel.conversion'), values: trend.map(({ entered, finished }) => (entered === 0 ? null : finished / entered)), kind: 'area' }]}
                />
              </Section>
            </Stack>
          );
        }}
      </Loaded>
      <PeopleDrawer of={people && { kind: 'funnel_step', ...asked, ...people }} onClose={() => setPeople(null)} />
      <FunnelNext asked={next === null ? null : { ...asked, step: next }} stepName={next === null || !asked.steps[next] ? '' : nameOf(asked.steps[next])} onClose={() => setNext(null)} />
    </div>
  );
}
