import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { HeatMatrix, Section, Stack, Typography, useFormat } from '../../../../web/kit.ts';
import { orderBands, restBands } from '../../contract.ts';
import type { LifetimePart } from './part.ts';

/** The last number of a band; null for the last of all. */
const endOf = (bands: readonly number[], from: number): number | null => {
  const next = bands[bands.indexOf(from) + 1] as number | undefined;
  return next === undefined ? null : next - 1;
};

/** Who will come again: how likely that is by how often they bought and how long they have rested. */
export function MapSection({ result: { map }, onPeople }: LifetimePart) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const cells = useMemo(() => new Map(map.map((cell) => [`${cell.orders} ${cell.rest}`, cell])), [map]);
  const bandsOf = (bands: readonly number[]) => bands.map((from) => {
    const to = endOf(bands, from);
    return { key: String(from), label: to === from ? t('lifetime.map.exact', { from }) : t(to === null ? 'lifetime.map.open' : 'lifetime.map.range', { from, to }) };
  });
  const [rows, columns] = [bandsOf(orderBands), bandsOf(restBands)];
  const labelOf = (bands: { key: string; label: string }[], key: string): string => bands.find((band) => band.key === key)?.label ?? key;
  return (
    <Section title={t('lifetime.map.title')}>
      <Stack>
        <Typography.Text type="secondary">{t('lifetime.map.hint')}</Typography.Text>
        <HeatMatrix
          caption={t('lifetime.map.caption')}
          rows={rows}
          columns={columns}
          cellOf={(orders, rest) => {
            const cell = cells.get(`${orders} ${rest}`);
            if (!cell) return null;
            const alive = format.percent(cell.alive, 0);
            return { heat: cell.alive, text: alive, label: t('lifetime.map.cell', { orders: labelOf(rows, orders), rest: labelOf(columns, rest), alive, people: format.number(cell.people) }) };
          }}
          onPick={(orders, rest) => onPeople({ orders: { from: Number(orders), to: endOf(orderBands, Number(orders)) }, rest: { from: Number(rest), to: endOf(restBands, Number(rest)) } })}
        />
      </Stack>
    </Section>
  );
}
