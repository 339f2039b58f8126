import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, PageHeader, Sentence, Stack, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type PreferenceResult, readPreference } from '../../contract.ts';
import { ModelStatus } from '../models/model-status.tsx';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import type { Rule } from '../../../audiences/contract.ts';
import { CategoriesSection } from './categories-section.tsx';
import { QualitySection } from './quality-section.tsx';
import { TiersSection } from './tiers-section.tsx';
import { ValuesSection } from './values-section.tsx';
import { WeekSection } from './week-section.tsx';

const shows = [readPreference];

/** What people prefer and how dear they buy: of everybody, with the people behind each number. */
export default function PreferencePage() {
  const { t } = useTranslation('insights');
  const [rule, setRule] = useState<Rule | null>(null);
  const found = useEndpoint(readPreference);
  return (
    <Stack>
      <PageHeader title={t('preference.title')} />
      <ModelStatus kind="preference" shows={shows}>
        <Loaded from={found}>
          {({ result, currency }) => result && (
            <Stack>
              <Summary result={result} />
              <TiersSection result={result} currency={currency} onPeople={setRule} />
              <ValuesSection result={result} onPeople={setRule} />
              <CategoriesSection result={result} currency={currency} onPeople={setRule} />
              <WeekSection result={result} onPeople={setRule} />
              <QualitySection result={result} />
            </Stack>
          )}
        </Loaded>
      </ModelStatus>
      <PeopleDrawer of={rule && { kind: 'rule', rule }} onClose={() => setRule(null)} />
    </Stack>
  );
}

/** What it was learnt from, and how well it foretells, in a sentence. */
function Summary({ result: { lines, people, inOtherCurrency, quality } }: { result: PreferenceResult }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const category = quality.find(({ dimension }) => dimension === 'category') ?? quality.at(0);
  return (
    <div>
      <Sentence>
        {t('preference.summary', { people: format.number(people), lines: format.number(lines) })}
        {category && ` ${t('preference.foretells', { dimension: t(`preference.dimension.${category.dimension}`), hit: format.percent(category.model.hit3), baseline: format.percent(category.baseline.hit3) })}`}
      </Sentence>
      {inOtherCurrency > 0 && <Typography.Text type="secondary">{t('preference.otherCurrency', { count: inOtherCurrency, shown: format.number(inOtherCurrency) })}</Typography.Text>}
    </div>
  );
}
