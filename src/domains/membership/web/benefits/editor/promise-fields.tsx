import { useTranslation } from 'react-i18next';
import { Form, Input, InputNumber, MomentField } from '../../../../../web/kit.ts';
import type { BenefitPromise } from '../../../contract.ts';
import { CatalogueSelect } from '../../catalogue-select.tsx';
import { GiftFields } from './gift-fields.tsx';
import { PriceFields } from './price-fields.tsx';

interface PromiseFieldsProps {
  promise: BenefitPromise;
  isStrict: boolean;
  onChange: (promise: BenefitPromise) => void;
}

/** What it promises, by its kind. */
export function PromiseFields({ promise, isStrict, onChange }: PromiseFieldsProps) {
  const { t } = useTranslation('membership');
  const word = (key: string): string => t(`benefits.field.${key}`);
  const problem = (isWrong: boolean, help: string): { validateStatus?: 'error'; help?: string } => (isStrict && isWrong ? { validateStatus: 'error', help } : {});
  return (
    <Form layout="vertical" component="div" requiredMark="optional">
      {'gifts' in promise && <GiftFields gifts={promise.gifts} isStrict={isStrict} onChange={(gifts) => onChange({ ...promise, gifts })} />}
      {promise.kind === 'birthday' && (
        <Form.Item required label={word('daysBefore')} extra={word('daysBeforeHint')}>
          <InputNumber aria-label={word('daysBefore')} min={0} max={30} precision={0} suffix={word('days')} value={promise.daysBefore} onChange={(daysBefore) => onChange({ ...promise, daysBefore: daysBefore ?? 0 })} />
        </Form.Item>
      )}
      {promise.kind === 'member_price' && <PriceFields prices={promise.prices} onChange={(prices) => onChange({ ...promise, prices })} />}
      {promise.kind === 'free_shipping' && (
        <Form.Item required label={word('from')} extra={word('fromHint')}>
          <InputNumber<string> stringMode aria-label={word('from')} min="0" precision={2} value={promise.from} onChange={(from) => onChange({ ...promise, from: from ?? '0' })} />
        </Form.Item>
      )}
      {promise.kind === 'exclusive' && (
        <>
          <Form.Item required label={word('products')} extra={word('productsHint')} {...problem(promise.products.length === 0, word('productsNeeded'))}>
            <CatalogueSelect of="products" label={word('products')} value={promise.products} onChange={(products) => onChange({ ...promise, products })} />
          </Form.Item>
          <MomentItem label={word('membersFrom')} hint={word('membersFromHint')} value={promise.membersFrom} onChange={(membersFrom) => onChange({ ...promise, membersFrom })} />
          <MomentItem label={word('everybodyFrom')} hint={word('everybodyFromHint')} value={promise.everybodyFrom} onChange={(everybodyFrom) => onChange({ ...promise, everybodyFrom })} />
        </>
      )}
      {promise.kind === 'service' && (
        <>
          <Form.Item required label={word('lane')} {...problem(promise.lane.trim() === '', word('laneNeeded'))}>
            <Input aria-label={word('lane')} maxLength={200} value={promise.lane} placeholder={word('lanePlaceholder')} onChange={(event) => onChange({ ...promise, lane: event.target.value })} />
          </Form.Item>
          <Form.Item label={word('answerMinutes')}>
            <InputNumber aria-label={word('answerMinutes')} min={1} max={100_000} precision={0} suffix={word('minutes')} value={promise.answerMinutes} onChange={(answerMinutes) => onChange({ ...promise, answerMinutes })} />
          </Form.Item>
        </>
      )}
    </Form>
  );
}

/** A moment, or none. */
export function MomentItem({ label, hint, required = false, value, onChange }: { label: string; hint?: string; required?: boolean; value: string | null; onChange: (value: string | null) => void }) {
  return (
    <Form.Item required={required} label={label} extra={hint}>
      <MomentField aria-label={label} value={value} onChange={onChange} />
    </Form.Item>
  );
}
