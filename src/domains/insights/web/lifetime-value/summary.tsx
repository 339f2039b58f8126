import { useTranslation } from 'react-i18next';
import { Button, Sentence, Stack, StatGrid, StatTile, Typography, useFormat } from '../../../../web/kit.ts';
import { horizons, lifeYears } from '../../contract.ts';
import type { LifetimePart } from './part.ts';

/** All of it in a sentence, and the figures it is made of. */
export function Summary({ result: { total, tenths, from, until, currency }, onPeople }: LifetimePart) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const alive = total.alive * total.people;
  const top = tenths.find(({ tenth }) => tenth === 10)?.value365 ?? 0;
  const tiles = [
    { label: t('lifetime.stat.alive'), value: format.number(Math.round(alive)) },
    ...horizons.map((days) => ({ label: t('lifetime.stat.orders', { days }), value: format.number(Math.round(total[`orders${days}`])) })),
    ...horizons.map((days) => ({ label: t('lifetime.stat.value', { days }), value: format.compactMoney(total[`value${days}`], currency) })),
    { label: t('lifetime.stat.ever', { years: lifeYears }), value: format.compactMoney(total.valueEver, currency) },
  ];
  return (
    <Stack>
      <div>
        <Sentence>
          {t('lifetime.sentence', {
            people: format.number(total.people), alive: format.number(Math.round(alive)), share: format.percent(total.alive, 0),
            orders: format.number(Math.round(total.orders365)), value: format.compactMoney(total.value365, currency), top: format.percent(total.value365 === 0 ? 0 : top / total.value365, 0),
          })}
        </Sentence>
        <Typography.Text type="secondary">{t('lifetime.window', { from: format.date(from), until: format.date(until) })}</Typography.Text>
        <Button type="link" size="small" onClick={() => onPeople({})}>{t('lifetime.everybody')}</Button>
      </div>
      <StatGrid>{tiles.map(({ label, value }) => <StatTile key={label} label={label} value={value} />)}</StatGrid>
    </Stack>
  );
}
