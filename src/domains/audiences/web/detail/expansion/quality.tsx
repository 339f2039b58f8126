import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Section, Stack, StatGrid, StatTile, TrendChart, useFormat } from '../../../../../web/kit.ts';
import type { ShownExpansion } from '../../../contract.ts';

/** How well the model tells members from others, on people it has not seen. */
export function Quality({ result: { auc, aucLow, aucHigh, lift, heldOut } }: { result: NonNullable<ShownExpansion['result']> }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const word = (key: string, params: object = {}): string => t(`expansion.web.${key}`, { ...params });
  const categories = useMemo(() => lift.map((_, i) => t('expansion.web.part', { no: i + 1 })), [lift, t]);
  const series = useMemo(() => [{ name: t('expansion.web.liftSeries'), values: lift.map((times) => Math.round(times * 100) / 100), kind: 'bar' as const }], [lift, t]);
  return (
    <Stack>
      <StatGrid>
        <StatTile label={word('auc')} definition={word('aucMeans')} value={format.number(auc, 3)} unit={word('aucRange', { low: format.number(aucLow, 3), high: format.number(aucHigh, 3) })} />
        <StatTile label={word('topLift')} definition={word('topLiftMeans')} value={format.number(lift[0], 1)} unit={word('times')} />
        <StatTile
          label={word('heldOut')}
          definition={word('heldOutMeans', { members: format.number(heldOut.members), others: format.number(heldOut.others) })}
          value={format.number(heldOut.members + heldOut.others)}
          unit={t('web.count.people')}
        />
      </StatGrid>
      <Section>
        <TrendChart title={word('lift')} heading={word('liftHeading')} categories={categories} series={series} heightPx={220} summary={word('liftSummary', { times: format.number(lift[0], 1) })} />
      </Section>
    </Stack>
  );
}
