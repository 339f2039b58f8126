import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Chart, type ChartOption, Columns, Section, SegmentedControl, Stack, Typography, useFormat } from '../../../../web/kit.ts';
import type { readRfm } from '../../contract.ts';
import { TraitTable } from './trait-section.tsx';

type Rfm = EndpointReply<typeof readRfm>;

const kinds = ['segments', 'recency', 'frequency', 'value'] as const;
type Kind = (typeof kinds)[number];

const heatPx = 340;

/** Its buyers by recency, frequency and value: the heat of the grid, and the segments that are cut out of it. */
export function RfmSection({ rfm }: { rfm: Rfm }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const [kind, setKind] = useState<Kind>('segments');
  const { cells, segments, size, base } = rfm;
  const values = kind === 'segments' ? segments : rfm.scores[kind];
  const meaningOf = useCallback((segment: string): string => t(`rfm.meaning.${segment}`), [t]);
  const percent = (part: number, whole: number): string => format.percent(whole === 0 ? 0 : part / whole);
  const option = useMemo(() => heatOption(rfm, (share) => format.percent(share), {
    recency: t('rfm.recencyAxis'),
    worth: t('rfm.worthAxis'),
    segment: (segment) => t(`rfm.segment.${segment}`),
  }), [rfm, format, t]);
  const table = {
    columns: [t('rfm.recencyAxis'), t('rfm.worthAxis'), t('rfm.segments'), t('makeUp.people'), t('makeUp.share'), t('makeUp.baseShare'), 'TGI'],
    rows: cells.map((cell) => [cell.recency, cell.worth, t(`rfm.segment.${cell.segment}`), format.number(cell.inAudience), percent(cell.inAudience, size), percent(cell.inBase, base), cell.tgi === null ? '–' : format.number(Math.round(cell.tgi))]),
  };
  return (
    <Section title="RFM">
      <Stack>
        <Typography.Text type="secondary">{t('rfm.explained')}</Typography.Text>
        <Columns>
          <Chart title={t('rfm.heat')} summary={t('rfm.heatSummary')} option={option} table={table} heightPx={heatPx} />
          <Stack>
            <SegmentedControl label={t('rfm.show')} value={kind} options={kinds.map((value) => ({ value, label: t(`rfm.kinds.${value}`) }))} onChange={setKind} />
            <TraitTable values={values} size={size} base={base} shownValues={segments.length} meaning={kind === 'segments' ? meaningOf : undefined} />
          </Stack>
        </Columns>
      </Stack>
    </Section>
  );
}

interface HeatWords {
  recency: string;
  worth: string;
  segment(segment: Rfm['cells'][number]['segment']): string;
}

const scores = [1, 2, 3, 4, 5];

/** Darker where a greater share of the audience is. */
function heatOption({ cells, size }: Rfm, percent: (share: number) => string, words: HeatWords): ChartOption {
  const shares = cells.map(({ inAudience }) => (size === 0 ? 0 : inAudience / size));
  const most = Math.max(0.01, ...shares);
  const axis = { type: 'category', data: scores, nameLocation: 'middle', splitArea: { show: true } };
  return {
    grid: { left: 44, right: 8, top: 8, bottom: 40 },
    tooltip: { confine: true, formatter: ({ dataIndex }: { dataIndex: number }) => `${words.segment(cells[dataIndex].segment)}: ${percent(shares[dataIndex])}` },
    xAxis: { ...axis, name: words.worth, nameGap: 26 },
    yAxis: { ...axis, name: words.recency, nameGap: 26 },
    visualMap: { show: false, min: 0, max: most, inRange: { color: ['#eef4f0', '#1f6a4d'] } },
    series: [{
      type: 'heatmap',
      data: cells.map(({ recency, worth }, i) => ({ value: [worth - 1, recency - 1, shares[i]], label: { color: shares[i] > most / 2 ? '#ffffff' : '#1e2420' } })),
      itemStyle: { borderWidth: 2, borderColor: 'transparent' },
      label: {
        show: true,
        formatter: ({ dataIndex }: { dataIndex: number }) => `${words.segment(cells[dataIndex].segment).replaceAll(' ', '\n')}\n${percent(shares[dataIndex])}`,
        fontSize: 11,
      },
    }],
  };
}
