import { useTranslation } from 'react-i18next';
import { Flex, Form, Input, Select } from '../../../../web/kit.ts';
import { profileFields } from '../../contract.ts';
import { CatalogueSelect } from '../catalogue-select.tsx';
import type { ActivityDraft } from './activity-draft.ts';
import { DayFields } from './day-fields.tsx';
import { ItemField } from './item-field.tsx';
import { NumberField } from './number-field.tsx';
import { PrizeFields } from './prize-fields.tsx';
import { StreakFields } from './streak-fields.tsx';

/** What an activity of its kind needs. */
export function KindFields({ draft }: { draft: ActivityDraft }) {
  switch (draft.kind) {
    case 'joining': return <RewardFields />;
    case 'member_day': return <><DayFields draft={draft} /><ScopeFields draft={draft} isNeeded={false} /><RewardFields /></>;
    case 'double_points': return <ScopeFields draft={draft} isNeeded />;
    case 'lottery': return <PrizeFields draft={draft} />;
    case 'exchange': return <ExchangeFields />;
    case 'sign_in': return <StreakFields />;
    case 'task': return <><TaskFields draft={draft} /><RewardFields /></>;
  }
}

function RewardFields() {
  const { t } = useTranslation('membership');
  return (
    <Flex gap="middle" wrap>
      <NumberField name="points" label={t('activities.rewardPoints')} placeholder="0" />
      <NumberField name="growth" label={t('activities.rewardGrowth')} placeholder="0" />
    </Flex>
  );
}

function ScopeFields({ draft: { goods }, isNeeded }: { draft: ActivityDraft; isNeeded: boolean }) {
  const { t } = useTranslation('membership');
  const typed = (name: 'products' | 'categories' | 'channels', hint: string, needed: boolean) => (
    <Form.Item name={name} label={t(`activities.${name}`)} extra={hint} rules={needed ? [{ required: true, message: t('mall.needed') }] : []}><CatalogueSelect of={name} /></Form.Item>
  );
  return (
    <>
      <Flex gap="middle" wrap>
        <NumberField name="factor" label={t('activities.factor')} min={1.01} max={10} precision={2} isNeeded={isNeeded} {...(isNeeded ? {} : { placeholder: t('activities.noFactor') })} />
        <NumberField name="payWithinMinutes" label={t('activities.payWithinMinutes')} min={1} max={43_200} placeholder={t('mall.noLimit')} hint={t('activities.payWithinHint')} />
      </Flex>
      <Form.Item name="goods" label={t('activities.goods')}><Select options={(['all', 'categories', 'products'] as const).map((value) => ({ value, label: t(`activities.goodsAre.${value}`) }))} /></Form.Item>
      {goods === 'products' && typed('products', t('activities.productsHint'), true)}
      {goods === 'categories' && typed('categories', t('activities.typeAndEnter'), true)}
      {typed('channels', t('activities.channelsHint'), false)}
    </>
  );
}

function ExchangeFields() {
  const { t } = useTranslation('membership');
  return (
    <>
      <ItemField name="itemNo" />
      <Flex gap="middle" wrap>
        <NumberField name="itemPoints" label={t('activities.itemPoints')} min={1} isNeeded />
        <NumberField name="itemStock" label={t('activities.itemStock')} min={1} isNeeded hint={t('activities.itemStockHint')} />
      </Flex>
    </>
  );
}

function TaskFields({ draft: { what } }: { draft: ActivityDraft }) {
  const { t } = useTranslation('membership');
  const needed = [{ required: true, message: t('mall.needed') }];
  return (
    <>
      <Form.Item name="what" label={t('activities.task')}><Select options={(['event', 'profile'] as const).map((value) => ({ value, label: t(`activities.tasks.${value}`) }))} /></Form.Item>
      {what === 'profile' && <Form.Item name="fields" label={t('activities.fields')} rules={needed}><Select mode="multiple" options={profileFields.map((value) => ({ value, label: t(`activities.sentence.field.${value}`) }))} /></Form.Item>}
      {what === 'event' && (
        <>
          <Form.Item name="event" label={t('activities.event')} extra={t('activities.eventHint')} rules={needed}><Input maxLength={200} placeholder="Product Reviewed" /></Form.Item>
          <Flex gap="middle" wrap>
            <NumberField name="times" label={t('activities.times')} min={1} max={10_000} isNeeded />
            <Form.Item name="within" label={t('activities.within')}><Select style={{ width: 160 }} options={(['activity', 'day'] as const).map((value) => ({ value, label: t(`activities.withins.${value}`) }))} /></Form.Item>
          </Flex>
        </>
      )}
    </>
  );
}
