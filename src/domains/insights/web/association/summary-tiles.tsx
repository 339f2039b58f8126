import { useTranslation } from 'react-i18next';
import { StatGrid, StatTile, Stack, Typography, useFormat } from '../../../../web/kit.ts';
import type { AssociationResult } from '../../contract.ts';

/** What the run read, and how good its recommendations were for people whose last order it had not seen. */
export function SummaryTiles({ result: { from, until, pieces, product }, level }: { result: AssociationResult; level: AssociationResult['product'] }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { people, hitRate, popular, ownMost } = product.holdOut;
  const checked = t('association.summary.hitRateDefinition', { people: format.number(people) });
  return (
    <Stack>
      <StatGrid>
        <StatTile label={t('association.summary.orders')} value={format.compact(level.orders)} definition={t('association.summary.period', { from: format.date(from), until: format.date(until) })} />
        <StatTile label={t('association.summary.unitsPerOrder')} value={format.number(pieces / Math.max(1, product.orders))} definition={t('association.formula.unitsPerOrder')} />
        <StatTile label={t('association.summary.largerOrders')} value={format.percent(level.largerOrders / Math.max(1, level.orders))} definition={t('association.formula.largerOrders')} />
        <StatTile label={t('association.summary.hitRate')} value={people > 0 ? format.percent(hitRate) : '–'} definition={people > 0 ? checked : t('association.summary.noHoldOut')} />
      </StatGrid>
      <Typography.Text type="secondary">
        {t('association.summary.period', { from: format.date(from), until: format.date(until) })}
        {people > 0 && ` · ${t('association.summary.hitRateNote', { popular: format.percent(popular), own: format.percent(ownMost) })}`}
      </Typography.Text>
    </Stack>
  );
}
