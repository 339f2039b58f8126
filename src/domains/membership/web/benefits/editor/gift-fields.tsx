import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, InlineControls, InputNumber, Link, Remark, Select, Stack, Typography, useEndpoint } from '../../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import { type Gift, listGivers } from '../../../contract.ts';
import { PoolsDrawer } from '../pools-drawer.tsx';

interface GiftFieldsProps {
  gifts: Gift[];
  isStrict: boolean;
  onChange: (gifts: Gift[]) => void;
}

const mostGifts = 10;
/** Points go by the hundred, everything else one by one: a hundred points never become a hundred coupons. */
const newGift = (giver: string): Gift => ({ giver, of: '', amount: giver === 'points' ? 100 : 1 });

/** What is given: points, codes out of a pool, a partner's pack. */
export function GiftFields({ gifts, isStrict, onChange }: GiftFieldsProps) {
  const { t } = useTranslation('membership');
  const { data } = useEndpoint(listGivers);
  const givers = data?.givers ?? [];
  const [isAtPools, setAtPools] = useState(false);
  const change = (index: number, part: Partial<Gift>): void => onChange(gifts.map((gift, i) => (i === index ? { ...gift, ...part } : gift)));
  return (
    <Stack>
      {gifts.map((gift, index) => {
        const choices = givers.find(({ giver }) => giver === gift.giver)?.choices ?? null;
        const chosen = choices?.find(({ of }) => of === gift.of);
        return (
          <div key={index}>
            <InlineControls>
              <Select aria-label={t('benefits.field.giver')} popupMatchSelectWidth={false} value={gift.giver} options={givers.map(({ giver, name }) => ({ value: giver, label: name }))} onChange={(giver) => change(index, newGift(giver))} />
              {choices !== null && (
                <Select
                  aria-label={t('benefits.field.of')}
                  popupMatchSelectWidth={false}
                  status={isStrict && gift.of === '' ? 'error' : ''}
                  placeholder={t('benefits.field.of')}
                  value={gift.of === '' ? undefined : gift.of}
                  options={choices.map(({ of, name }) => ({ value: of, label: name }))}
                  onChange={(of: string) => change(index, { of })}
                />
              )}
              <InputNumber style={{ width: 130 }} aria-label={t('benefits.field.amount')} min={1} max={1_000_000} precision={0} suffix={t(gift.giver === 'points' ? 'benefits.field.pointsUnit' : 'benefits.field.giftsUnit')} value={gift.amount} onChange={(amount) => change(index, { amount: amount ?? 1 })} />
              {gifts.length > 1 && <Button type="text" icon={<DeleteOutlined />} aria-label={t('benefits.field.removeGift')} onClick={() => onChange(gifts.filter((_, i) => i !== index))} />}
            </InlineControls>
            {chosen && chosen.left !== null && <Remark>{t('benefits.field.leftOf', { count: chosen.left })}</Remark>}
            {choices?.length === 0 && (
              <InlineControls>
                <Typography.Text type="warning">{t(gift.giver === 'coupon' ? 'benefits.field.noPools' : 'benefits.field.noPacks')}</Typography.Text>
                {gift.giver === 'coupon' ? <Button type="link" size="small" onClick={() => setAtPools(true)}>{t('benefits.pools.title')}</Button> : <Link to="/members/partners">{t('benefits.field.toPartners')}</Link>}
              </InlineControls>
            )}
          </div>
        );
      })}
      <PoolsDrawer open={isAtPools} onClose={() => setAtPools(false)} />
      {gifts.length < mostGifts && <Button type="dashed" icon={<PlusOutlined />} onClick={() => onChange([...gifts, newGift('points')])}>{t('benefits.field.addGift')}</Button>}
    </Stack>
  );
}
