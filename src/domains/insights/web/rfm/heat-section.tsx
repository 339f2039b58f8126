import { useTranslation } from 'react-i18next';
import { Grid, type HeatCell, HeatMatrix, Section, Stack, Typography, useFormat } from '../../../../web/kit.ts';
import type { PeopleOf } from '../../contract.ts';
import type { Board } from './board.ts';

/** Buyers by recency (down) and by frequency and value together (across): each cell opens to its people. */
export function HeatSection({ board: { cells, buyers }, onPeople }: { board: Board; onPeople: (of: PeopleOf) => void }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { lg } = Grid.useBreakpoint();
  const most = Math.max(1, ...cells.map(({ people }) => people));
  const segmentOf = (segment: string): string => t(`audiences:rfm.segment.${segment}`);
  const cellOf = (row: string, column: string): HeatCell | null => {
    const cell = cells.find(({ recency, worth }) => String(recency) === row && String(worth) === column);
    if (!cell) return null;
    const share = format.percent(cell.people / (buyers || 1), 1);
    const name = segmentOf(cell.segment);
    return { heat: cell.people / most, text: lg ? `${name} ${share}` : share, label: t('rfm.cell', { segment: name, recency: cell.recency, worth: cell.worth, people: format.number(cell.people), amount: format.money(cell.amount) }) };
  };
  const scale = [1, 2, 3, 4, 5];
  return (
    <Section title={t('rfm.heat')}>
      <Stack>
        <Typography.Text type="secondary">{t('rfm.heatHint')}</Typography.Text>
        <HeatMatrix
          caption={t('rfm.heatCaption')}
          rows={scale.toReversed().map((score) => ({ key: String(score), label: `R ${score}` }))}
          columns={scale.map((score) => ({ key: String(score), label: `F+M ${score}` }))}
          cellOf={cellOf}
          onPick={(recency, worth) => onPeople({ kind: 'rfm', recency: Number(recency), worth: Number(worth) })}
        />
      </Stack>
    </Section>
  );
}
