import { useTranslation } from 'react-i18next';
import { Button, InlineControls, InlineWord, Input, InputNumber, Remark, Select, Stack } from '../../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import type { PriceRule } from '../../../contract.ts';

const mostRules = 200;

/** Prices for members: on everything, a category or a product, by a percentage or as they are. */
export function PriceFields({ prices, onChange }: { prices: PriceRule[]; onChange: (prices: PriceRule[]) => void }) {
  const { t } = useTranslation('membership');
  const word = (key: string): string => t(`benefits.field.${key}`);
  const change = (index: number, part: Partial<PriceRule>): void => onChange(prices.map((rule, i) => (i === index ? { ...rule, ...part } : rule)));
  return (
    <Stack>
      {prices.map(({ on, by }, index) => (
        <InlineControls key={index}>
          <Select
            aria-label={word('on')}
            popupMatchSelectWidth={false}
            value={on.kind}
            options={(['everything', 'category', 'product'] as const).map((value) => ({ value, label: word(`on_${value}`) }))}
            onChange={(kind) => change(index, { on: kind === 'everything' ? { kind } : { kind, key: '' } })}
          />
          {on.kind !== 'everything' && <Input aria-label={word(`key_${on.kind}`)} placeholder={word(`key_${on.kind}`)} maxLength={200} value={on.key} onChange={(event) => change(index, { on: { ...on, key: event.target.value } })} />}
          <Select
            aria-label={word('by')}
            popupMatchSelectWidth={false}
            value={by.kind}
            options={(['percent', 'price'] as const).map((value) => ({ value, label: word(`by_${value}`) }))}
            onChange={(kind) => change(index, { by: kind === 'percent' ? { kind, percent: '5' } : { kind, price: '0' } })}
          />
          {by.kind === 'percent'
            ? <InputNumber<string> stringMode aria-label={word('percent')} min="0.01" max="100" precision={2} value={by.percent} onChange={(percent) => change(index, { by: { kind: 'percent', percent: percent ?? '5' } })} />
            : <InputNumber<string> stringMode aria-label={word('price')} min="0" precision={2} value={by.price} onChange={(price) => change(index, { by: { kind: 'price', price: price ?? '0' } })} />}
          {by.kind === 'percent' && <InlineWord>%</InlineWord>}
          {prices.length > 1 && <Button type="text" icon={<DeleteOutlined />} aria-label={word('removeRule')} onClick={() => onChange(prices.filter((_, i) => i !== index))} />}
        </InlineControls>
      ))}
      <Remark>{word('pricesHint')}</Remark>
      {prices.length < mostRules && <Button type="dashed" icon={<PlusOutlined />} onClick={() => onChange([...prices, { on: { kind: 'category', key: '' }, by: { kind: 'percent', percent: '5' } }])}>{word('addRule')}</Button>}
    </Stack>
  );
}
