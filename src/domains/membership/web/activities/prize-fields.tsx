import { useTranslation } from 'react-i18next';
import { Button, Card, currentLocale, Flex, Form, Input, InputNumber, Select } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { nameIn } from '../../contract.ts';
import { NamesFields } from '../names-fields.tsx';
import { namesOf } from '../names-of.ts';
import { type ActivityDraft, newPrize } from './activity-draft.ts';
import { ItemField } from './item-field.tsx';
import { NumberField } from './number-field.tsx';

/** What a draw costs, what can be drawn and how likely, and what is given where a prize has run out. */
export function PrizeFields({ draft: { prizes } }: { draft: ActivityDraft }) {
  const { t } = useTranslation('membership');
  const choices = prizes.map(({ key, names }, at) => ({ value: key, label: nameIn(namesOf(names ?? {}), currentLocale()) || t('activities.prizeNo', { no: at + 1 }) }));
  return (
    <>
      <NumberField name="cost" label={t('activities.drawCost')} placeholder="0" hint={t('activities.drawCostHint')} />
      <Form.List name="prizes">
        {(fields, { add, remove }) => (
          <Form.Item label={t('activities.prizes')} extra={t('activities.weightHint')}>
            {fields.map(({ key, name }) => <PrizeCard key={key} at={name} gives={prizes[name]?.gives ?? 'points'} onRemove={fields.length > 2 ? () => remove(name) : undefined} />)}
            <Button icon={<PlusOutlined />} onClick={() => add(newPrize(`prize_${Date.now().toString(36)}`))}>{t('activities.addPrize')}</Button>
          </Form.Item>
        )}
      </Form.List>
      <Form.Item name="fallback" label={t('activities.fallback')} extra={t('activities.fallbackHint')}><Select options={choices} /></Form.Item>
      <Flex gap="middle" wrap>
        <NumberField name="pityAfter" label={t('activities.pityAfter')} min={1} max={1_000} placeholder={t('activities.noPity')} />
        <Form.Item name="pityPrize" label={t('activities.pityPrize')}><Select style={{ minWidth: 160 }} options={choices} /></Form.Item>
      </Flex>
    </>
  );
}

function PrizeCard({ at, gives, onRemove }: { at: number; gives: 'points' | 'item' | 'nothing'; onRemove: (() => void) | undefined }) {
  const { t } = useTranslation('membership');
  const needed = [{ required: true, message: t('mall.needed') }];
  return (
    <Card size="small" title={t('activities.prizeNo', { no: at + 1 })} extra={onRemove && <Button type="link" size="small" onClick={onRemove}>{t('activities.remove')}</Button>} style={{ marginBottom: 12 }}>
      <Form.Item name={[at, 'key']} hidden><Input /></Form.Item>
      <NamesFields name={[at, 'names']} label={t('mall.name')} />
      <Flex gap="middle" wrap>
        <Form.Item name={[at, 'gives']} label={t('activities.gives')}><Select style={{ width: 140 }} options={(['points', 'item', 'nothing'] as const).map((value) => ({ value, label: t(`activities.givesWhat.${value}`) }))} /></Form.Item>
        {gives === 'points' && <Form.Item name={[at, 'points']} label={t('activities.prizePoints')} rules={needed}><InputNumber precision={0} min={1} max={1_000_000_000} /></Form.Item>}
        {gives === 'item' && <ItemField name={[at, 'itemNo']} />}
        <Form.Item name={[at, 'weight']} label={t('activities.weight')} rules={needed}><InputNumber precision={0} min={0} max={1_000_000} /></Form.Item>
        <Form.Item name={[at, 'stock']} label={t('activities.stock')}><InputNumber precision={0} min={0} max={1_000_000_000} placeholder={t('mall.noLimit')} /></Form.Item>
      </Flex>
    </Card>
  );
}
