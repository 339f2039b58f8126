import { useTranslation } from 'react-i18next';
import { FigureButton, StatGrid, StatTile } from '../../../../web/kit.ts';
import { type Figures, type MetricName, metricTraits } from '../../contract.ts';
import { drawn, useFigureText } from './use-figure-text.ts';

/** Metrics side by side, each with its definition and how it moved against the period before. */
export function MetricTiles({ metrics, totals, before, onPeople }: { metrics: readonly MetricName[]; totals: Figures; before: Figures; onPeople?: (metric: MetricName) => void }) {
  const { t } = useTranslation('insights');
  const text = useFigureText();
  return (
    <StatGrid>
      {metrics.map((metric) => (
        <StatTile
          key={metric}
          label={t(`metric.${metric}.label`)}
          value={onPeople && metric !== 'linesWithoutCustomer' && drawn(metric, totals) !== 0
            ? <FigureButton text={text(metric, totals, true)} label={t('ask.people', { metric: t(`metric.${metric}.label`), value: text(metric, totals, true) })} onClick={() => onPeople(metric)} />
            : text(metric, totals, true)}
          definition={t(`metric.${metric}.definition`)}
          delta={{ value: drawn(metric, totals), previous: drawn(metric, before), more: metricTraits[metric].more }}
        />
      ))}
    </StatGrid>
  );
}
