import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateRangePicker, EmptyState, Flex, PageHeader, Section, Stack } from '../../../../web/kit.ts';
import { useSettled } from '../../../audiences/web/preview/use-settled.ts';
import { type FunnelSplit, readFunnel } from '../../contract.ts';
import { usePeriod } from '../report/use-period.ts';
import { definitionOf, draftOf, funnelTemplates } from './funnel-draft.ts';
import { FunnelEditor } from './funnel-editor.tsx';
import { FunnelResult } from './funnel-result.tsx';
import { SavedFunnels } from './saved-funnels.tsx';
import { SplitSelect } from './split-select.tsx';

const pauseMs = 600;

/** Step by step: where people leave, and what they do instead. */
export default function FunnelsPage() {
  const { t } = useTranslation('insights');
  const { period, by, choosePeriod, chooseBy } = usePeriod();
  const [chosen, setChosen] = useState<{ key: string; text: string }>({ key: 'shopping', text: JSON.stringify(funnelTemplates.shopping) });
  const [draft, setDraft] = useState(() => draftOf(funnelTemplates.shopping));
  const [split, setSplit] = useState<FunnelSplit>({ by: 'none' });
  const definition = definitionOf(draft);
  // Compared as text: an edit that leaves the question as it was asks nothing.
  const text = JSON.stringify({ ...definition, ...period, split });
  const settled = useSettled(text, pauseMs);
  const asked = useMemo(() => readFunnel.body?.safeParse(JSON.parse(settled)), [settled]);
  const isComplete = readFunnel.body?.safeParse({ ...definition, ...period }).success === true;
  return (
    <Stack>
      <PageHeader title={t('funnel.title')} subtitle={t('funnel.lead')} />
      <SavedFunnels
        chosen={chosen.key}
        definition={definition}
        isComplete={isComplete}
        isChanged={JSON.stringify(definition) !== chosen.text}
        onChoose={(key, next) => {
          setChosen({ key, text: JSON.stringify(next) });
          setDraft(draftOf(next));
        }}
      />
      <Section title={t('funnel.edit.title')}>
        <FunnelEditor draft={draft} onChange={setDraft} />
      </Section>
      <Flex gap="small" wrap>
        <DateRangePicker label={t('funnel.period')} value={period} onChange={(range) => range && choosePeriod(range)} />
        <SplitSelect split={split} onChange={setSplit} />
      </Flex>
      {asked?.success ? <FunnelResult asked={asked.data} by={by} onBy={chooseBy} isOld={settled !== text} /> : <EmptyState title={t('funnel.unfinished')} hint={t('funnel.unfinishedHint')} />}
    </Stack>
  );
}
