import { useTranslation } from 'react-i18next';
import { Alert, ComputedAt, EmptyState, Flex, Loaded, Section, Sentence, Stack, StatGrid, StatTile, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { type Campaign, type CampaignResult, readCampaignResult } from '../../contract.ts';
import { ArmTable, VersusTable } from './arm-table.tsx';
import { CourseSection } from './course-section.tsx';
import { DeliverySection } from './delivery-section.tsx';
import { EvolutionSection } from './evolution-section.tsx';
import { LiftTable } from './lift-table.tsx';
import { SaveLesson } from './save-lesson.tsx';
import { SegmentSection } from './segment-section.tsx';
import { useBetween } from './use-between.ts';

const freshMs = 60_000;

/** What it came to: the sentence, the figures with their intervals, who gained, and what became of people. */
export function ResultTab({ campaign }: { campaign: Campaign }) {
  const mayEdit = useMay('campaigns.edit');
  const { campaignNo } = campaign;
  const found = useEndpoint(readCampaignResult, { params: { campaignNo } }, { freshForMs: freshMs });
  return (
    <Loaded from={found}>
      {({ sentence, warnings, result }) => (result === null ? <EmptyState title={sentence} /> : (
        <Stack>
          {result.sampleRatio?.isMismatch && <Alert type="error" showIcon title={warnings[0]} />}
          <Sentence>{sentence}</Sentence>
          {warnings.slice(result.sampleRatio?.isMismatch ? 1 : 0).map((warning) => <Alert key={warning} type="info" showIcon title={warning} />)}
          <Tiles result={result} />
          {result.lifts.length > 0 && <LiftTable result={result} />}
          <ArmTable result={result} />
          {result.versusEachOther.length > 0 && <VersusTable result={result} campaign={campaign} />}
          {result.lifts.length > 0 && <CourseSection campaignNo={campaignNo} />}
          {result.segments.length > 0 && <SegmentSection result={result} />}
          <DeliverySection result={result} />
          {result.lifts.length > 0 && <EvolutionSection campaignNo={campaignNo} />}
          <Flex gap="small" align="center" wrap>{mayEdit && <SaveLesson campaignNo={campaignNo} />}<ComputedAt at={result.computedAt} /></Flex>
        </Stack>
      ))}
    </Loaded>
  );
}

function Tiles({ result: { earned, back, arms, delivery, beganAt, countedUntil, currency } }: { result: CampaignResult }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { money } = useBetween(currency);
  const period = t('results.period', { from: format.date(beganAt), to: format.date(countedUntil) });
  const reached = arms.filter(({ isControl }) => !isControl).reduce((sum, { people }) => sum + people, 0);
  return (
    <Section title={period}>
      <StatGrid>
        {earned && <StatTile label={t('results.earnedRevenue')} value={earned.revenue.low === null ? '–' : format.wholeMoney(earned.revenue.difference, currency)} definition={money(earned.revenue)} />}
        {earned?.margin && <StatTile label={t('results.earnedMargin')} value={earned.margin.low === null ? '–' : format.wholeMoney(earned.margin.difference, currency)} definition={money(earned.margin)} />}
        <StatTile label={t('results.reached')} value={format.number(reached)} unit={t('plans.effect.people')} definition={t('results.reachedHint')} />
        <StatTile label={t('results.cost')} value={format.money(delivery.cost, currency)} definition={t('results.costHint', { planned: format.money(delivery.planned, currency), priced: format.number(delivery.priced), messages: format.number(delivery.messages) })} />
        {back && <StatTile label={t(`results.back.${back.of}`)} value={back.low === null ? '–' : back.times < 0 ? t('results.noReturn') : t('results.times', { times: format.number(Math.round(back.times * 10) / 10) })} definition={t('results.backHint')} />}
      </StatGrid>
    </Section>
  );
}
