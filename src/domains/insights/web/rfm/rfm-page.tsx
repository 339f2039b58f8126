import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, Loaded, PageHeader, Sentence, Stack, useEndpoint, useFormat, useMay, useSession } from '../../../../web/kit.ts';
import { type PeopleOf, readRfmBoard, readRfmMonths, readRfmMoves } from '../../contract.ts';
import { ModelStatus } from '../models/model-status.tsx';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import type { Board } from './board.ts';
import { HeatSection } from './heat-section.tsx';
import { LimitsDrawer } from './limits-drawer.tsx';
import { MonthsSection } from './months-section.tsx';
import { ScoresSection } from './scores-section.tsx';
import { SegmentsSection } from './segments-section.tsx';

const showsNow = [readRfmBoard];
const showsMonths = [readRfmMonths, readRfmMoves];

/** Buyers by recency, frequency and value: their segments now, over a year, and who moved. */
export default function RfmPage() {
  const { t } = useTranslation('insights');
  const mayTrain = useMay('insights.train');
  const [of, setOf] = useState<PeopleOf | null>(null);
  const [isEditing, setEditing] = useState(false);
  const found = useEndpoint(readRfmBoard);
  return (
    <Stack>
      <PageHeader title="RFM" subtitle={t('rfm.subtitle')} actions={<Button onClick={() => setEditing(true)}>{t(mayTrain ? 'rfm.limits.open' : 'rfm.limits.show')}</Button>} />
      <ModelStatus kind="rfm" shows={showsNow}>
        <Loaded from={found}>
          {({ board, limits }) => board && (
            <Stack>
              <Summary board={board} />
              {board.limitsVersion !== limits.version && <Alert type="info" showIcon title={t('rfm.limits.pending')} />}
              <HeatSection board={board} onPeople={setOf} />
              <SegmentsSection board={board} onPeople={setOf} />
              <ScoresSection board={board} limits={limits.limits} onPeople={setOf} />
            </Stack>
          )}
        </Loaded>
      </ModelStatus>
      <ModelStatus kind="rfm_months" shows={showsMonths}>
        <MonthsSection onPeople={setOf} />
      </ModelStatus>
      <LimitsDrawer open={isEditing} onClose={() => setEditing(false)} />
      <PeopleDrawer of={of} onClose={() => setOf(null)} />
    </Stack>
  );
}

/** What the best and the lost are worth, in a sentence. */
function Summary({ board: { buyers, amount, segments, linesInOtherCurrency } }: { board: Board }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { currency } = useSession().brand;
  const [best] = segments;
  const total = Number(amount);
  return (
    <div>
      <Sentence>
        {t('rfm.summary', {
          buyers: format.number(buyers), people: format.number(best.people), share: format.percent(best.people / (buyers || 1), 1),
          value: total > 0 ? format.percent(Number(best.amount) / total, 1) : '–',
        })}
      </Sentence>
      {linesInOtherCurrency > 0 && <Alert type="warning" showIcon title={t('rfm.otherCurrency', { shown: format.number(linesInOtherCurrency), currency })} />}
    </div>
  );
}
