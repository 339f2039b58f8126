import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Flex, Loaded, PageHeader, SegmentedControl, Stack, Typography, useEndpoint, useSearchState } from '../../../../web/kit.ts';
import { buyingModels, type PeopleOfLifetime, readLifetimeValue } from '../../contract.ts';
import { ModelStatus } from '../models/model-status.tsx';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import { GroupsSection } from './groups-section.tsx';
import { MapSection } from './map-section.tsx';
import { SpreadSection } from './spread-section.tsx';
import { Summary } from './summary.tsx';
import { TenthsSection } from './tenths-section.tsx';
import { TrialSection } from './trial-section.tsx';
import { WordsSection } from './words-section.tsx';

const shows = [readLifetimeValue];
const chosen = z.object({ model: z.enum(buyingModels).optional() });

/** What customers will still buy and bring: in a sentence, by groups of them, and how far the model may be believed. */
export default function LifetimePage() {
  const { t } = useTranslation('insights');
  const [people, setPeople] = useState<Omit<PeopleOfLifetime, 'kind'> | null>(null);
  const [search, change] = useSearchState(chosen);
  const found = useEndpoint(readLifetimeValue);
  const model = search.model ?? found.data?.current?.result.model ?? 'bg_nbd';
  return (
    <Stack>
      <PageHeader title={t('lifetime.title')} subtitle={t('lifetime.intro')} />
      <Flex vertical gap="small">
        <Flex gap="small" align="center" wrap>
          <Typography.Text>{t('lifetime.model.label')}</Typography.Text>
          <SegmentedControl label={t('lifetime.model.label')} value={model} options={buyingModels.map((value) => ({ value, label: t(`lifetime.model.${value}`) }))} onChange={(value) => change({ model: value })} />
          {found.data?.current && found.data.current.result.model !== model && <Typography.Text type="warning">{t('lifetime.model.other')}</Typography.Text>}
        </Flex>
        <Typography.Text type="secondary">{t(`lifetime.model.${model}Hint`)}</Typography.Text>
      </Flex>
      <ModelStatus kind="lifetime_value" params={{ model }} shows={shows}>
        <Loaded from={found}>
          {({ current }) => current && (
            <Stack>
              <Summary result={current.result} onPeople={setPeople} />
              <TenthsSection result={current.result} onPeople={setPeople} />
              <SpreadSection result={current.result} onPeople={setPeople} />
              <MapSection result={current.result} onPeople={setPeople} />
              <GroupsSection result={current.result} onPeople={setPeople} />
              <TrialSection result={current.result} />
              <WordsSection result={current.result} />
            </Stack>
          )}
        </Loaded>
      </ModelStatus>
      <PeopleDrawer of={people && { kind: 'lifetime_value', ...people }} onClose={() => setPeople(null)} />
    </Stack>
  );
}
