import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ComputedAt, EmptyState, Flex, Loaded, Section, Stack, StatGrid, StatTile, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { readPoints, type ShownPoints } from '../../contract.ts';
import { AdjustForm } from './adjust-form.tsx';
import { EntryList } from './entry-list.tsx';
import { LotTable } from './lot-table.tsx';
import { WhyPoints } from './why-points.tsx';

/** The points of one person: what they have, when it ends, and how it came to this. */
export default function PointsTab({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('membership');
  const mayAdjust = useMay('membership.adjust');
  const [adjusting, setAdjusting] = useState(false);
  const points = useEndpoint(readPoints, { params: { customerNo } });
  return (
    <Loaded from={points}>
      {(shown) => (
        <Stack>
          {mayAdjust && <Flex justify="end"><Button onClick={() => setAdjusting(true)}>{t('points.adjust')}</Button></Flex>}
          <Balance {...shown} />
          <WhyPoints customerNo={customerNo} />
          {shown.lots.length > 0 && <Section title={t('points.lots')}><LotTable lots={shown.lots} /></Section>}
          <EntryList customerNo={customerNo} none={<EmptyState title={t('points.none')} hint={t('points.noneHint')} />} />
          <ComputedAt at={shown.computedAt} />
          <AdjustForm customerNo={customerNo} open={adjusting} onClose={() => setAdjusting(false)} />
        </Stack>
      )}
    </Loaded>
  );
}

function Balance({ balance, endingSoon }: ShownPoints) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const tile = (key: 'available' | 'pending' | 'held' | 'debt') => <StatTile key={key} label={t(`points.${key}`)} value={format.number(balance[key])} definition={t(`points.${key}Hint`)} />;
  return (
    <StatGrid>
      {tile('available')}
      <StatTile label={t('points.endingSoon')} value={format.number(endingSoon)} />
      {tile('pending')}
      {balance.held > 0 && tile('held')}
      {balance.debt > 0 && tile('debt')}
    </StatGrid>
  );
}
