import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Loaded, PageHeader, Sentence, Stack, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { type PeopleOf, readLifecycle, readLifecycleMoves } from '../../contract.ts';
import { ModelStatus } from '../models/model-status.tsx';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import { LimitsDrawer } from './limits-drawer.tsx';
import { PeriodsSection } from './periods-section.tsx';
import { RuleSection } from './rule-section.tsx';
import type { Lifecycle } from './shown-lifecycle.ts';
import { StatesSection } from './states-section.tsx';

const shows = [readLifecycle, readLifecycleMoves];

/** States of buyers' lives by their own rhythm: now, over time, and who moved. */
export default function LifecyclePage() {
  const { t } = useTranslation('insights');
  const mayTrain = useMay('insights.train');
  const [of, setOf] = useState<PeopleOf | null>(null);
  const [isEditing, setEditing] = useState(false);
  const found = useEndpoint(readLifecycle);
  return (
    <Stack>
      <PageHeader title={t('lifecycle.title')} subtitle={t('lifecycle.subtitle')} actions={mayTrain && <Button onClick={() => setEditing(true)}>{t('lifecycle.limits.open')}</Button>} />
      <ModelStatus kind="lifecycle" shows={shows}>
        <Loaded from={found}>
          {({ lifecycle }) => lifecycle && (
            <Stack>
              <Summary lifecycle={lifecycle} />
              <StatesSection lifecycle={lifecycle} onPeople={setOf} />
              <PeriodsSection lifecycle={lifecycle} onPeople={setOf} />
              <RuleSection lifecycle={lifecycle} />
            </Stack>
          )}
        </Loaded>
      </ModelStatus>
      <LimitsDrawer open={isEditing} onClose={() => setEditing(false)} />
      <PeopleDrawer of={of} onClose={() => setOf(null)} />
    </Stack>
  );
}

/** How many are in their rhythm, and how many are about to leave it. */
function Summary({ lifecycle: { months } }: { lifecycle: Lifecycle }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const now = months[months.length - 1].states;
  const all = now.reduce((sum, { people }) => sum + people, 0) || 1;
  const of = (...states: string[]): number => now.reduce((sum, { state, people }) => sum + (states.includes(state) ? people : 0), 0);
  const atRisk = of('at_risk');
  return <Sentence>{t('lifecycle.summary', { active: format.percent(of('new', 'active', 'returning', 'won_back') / all, 1), atRisk: format.percent(atRisk / all, 1), people: format.number(atRisk) })}</Sentence>;
}
