import { useTranslation } from 'react-i18next';
import { Alert, Sentence, Stack, StatGrid, StatTile, useFormat } from '../../../../web/kit.ts';
import type { DryRun } from '../../imports/contract.ts';
import { FaultTable, RejectedTable } from './fault-tables.tsx';

/** What an import would do, as a dry run found it. */
export function CheckResult({ found, currency }: { found: DryRun; currency: string }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const { counts } = found;
  const tile = (key: 'accepted' | 'rejected' | 'unpaid' | 'withoutCustomer' | 'valuesLeftOut') => (
    <StatTile label={t(`imports.count.${key}`)} value={format.number(counts[key])} />
  );
  return (
    <Stack>
      <Sentence>{found.wholeFile ? t('imports.check.whole') : t('imports.check.part', { rows: format.number(counts.rows) })}</Sentence>
      {counts.accepted === 0 && <Alert type="error" showIcon title={t('imports.check.noneAccepted')} />}
      <StatGrid computedAt={found.at}>
        <StatTile label={t('imports.count.rows')} value={format.number(counts.rows)} />
        {tile('accepted')}
        {tile('rejected')}
        {counts.unpaid > 0 && tile('unpaid')}
        {counts.withoutCustomer > 0 && tile('withoutCustomer')}
        {counts.valuesLeftOut > 0 && tile('valuesLeftOut')}
        {found.refunds !== undefined && <StatTile label={t('imports.count.refunds')} value={format.number(found.refunds)} />}
        {found.net !== undefined && <StatTile label={t('imports.count.net')} value={format.number(found.net, 4)} unit={currency} />}
        {found.from && found.to && <StatTile label={t('imports.count.period')} value={`${format.date(found.from)} – ${format.date(found.to)}`} />}
      </StatGrid>
      {found.faults.length === 0 && <Alert type="success" showIcon title={t('imports.check.noFaults')} />}
      <FaultTable faults={found.faults} />
      <RejectedTable rows={found.firstRejected} />
    </Stack>
  );
}
