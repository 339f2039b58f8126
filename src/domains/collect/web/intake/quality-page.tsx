import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Loaded, PageHeader, Section, Stack, StatGrid, StatTile, TrendChart, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { readDataQuality } from '../../intake/desk/contract.ts';
import { FactsSection } from './facts-section.tsx';
import { FlaggedSection } from './flagged-section.tsx';

type Quality = EndpointReply<typeof readDataQuality>;

const refreshMs = 5_000;

/** Whether what came in, what was logged and what is analysed agree. */
export default function QualityPage() {
  const { t } = useTranslation('collect');
  const quality = useEndpoint(readDataQuality, {}, { refreshMs });
  return (
    <>
      <PageHeader title={t('quality.title')} subtitle={t('quality.subtitle')} />
      <Loaded from={quality}>
        {(found) => (
          <Stack>
            <IntakeFigures quality={found} />
            <FactsSection facts={found.facts} />
            <FlaggedSection flagged={found.flagged} declared={found.declared} />
          </Stack>
        )}
      </Loaded>
    </>
  );
}

function IntakeFigures({ quality: { intake, computedAt } }: { quality: Quality }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const { minutes } = intake;
  return (
    <>
      <StatGrid computedAt={computedAt}>
        <StatTile label={t('quality.backlog')} value={format.number(intake.backlogEvents)} definition={t('quality.backlogHelp')} />
        <StatTile label={t('quality.lag')} value={intake.lagSeconds === null ? t('quality.none') : format.duration(intake.lagSeconds * 1000)} definition={t('quality.lagHelp')} />
        <StatTile label={t('quality.rate')} value={format.number(intake.eventsPerSecond, 1)} unit={t('quality.rateUnit')} definition={t('quality.rateHelp')} />
        <StatTile label={t('quality.accepted')} value={format.number(intake.accepted)} />
        <StatTile label={t('quality.duplicates')} value={format.number(intake.duplicates)} />
        <StatTile label={t('quality.waitingSetAside')} value={format.number(intake.waitingSetAside)} to="/data/set-aside" />
      </StatGrid>
      {minutes.length > 0 && (
        <Section>
          <TrendChart
            title={t('quality.chart')}
            heading={t('setAside.receivedAt')}
            categories={minutes.map(({ minute }) => format.time(minute))}
            series={[
              { name: t('quality.chartAccepted'), values: minutes.map((m) => m.accepted), kind: 'bar' },
              { name: t('quality.chartDuplicates'), values: minutes.map((m) => m.duplicates), kind: 'line' },
              { name: t('quality.chartSetAside'), values: minutes.map((m) => m.setAside), kind: 'line' },
            ]}
          />
        </Section>
      )}
    </>
  );
}
