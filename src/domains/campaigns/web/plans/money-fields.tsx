import { useTranslation } from 'react-i18next';
import { Flex, Form, Input, InputNumber } from '../../../../web/kit.ts';

/** What it costs, what it is worth, how fast it goes, and what counts of it. */
export function MoneyFields() {
  const { t } = useTranslation('campaigns');
  const number = (name: string, { max, precision = 0, hint, suffix, isFree = true }: { max: number; precision?: number; hint?: string; suffix?: string; isFree?: boolean }) => (
    <Form.Item name={name} label={t(`plans.${name}`)} extra={hint}><InputNumber min={0} max={max} precision={precision} suffix={suffix} placeholder={isFree ? t('plans.noLimit') : undefined} style={{ width: 180 }} /></Form.Item>
  );
  return (
    <>
      <Form.Item name="category" label={t('plans.category')} extra={t('plans.categoryHint')}><Input maxLength={40} style={{ maxWidth: 380 }} /></Form.Item>
      <Flex gap="middle" wrap>
        {number('expectedValue', { max: 1_000_000, precision: 2, hint: t('plans.expectedValueHint'), isFree: false })}
        {number('costPerMessage', { max: 1_000_000, precision: 4, hint: t('plans.costPerMessageHint'), isFree: false })}
        {number('budget', { max: 1_000_000_000, precision: 2, hint: t('plans.budgetHint') })}
      </Flex>
      <Flex gap="middle" wrap>
        {number('perMinute', { max: 1_000_000, hint: t('plans.perMinuteHint') })}
        {number('usefulHours', { max: 720, hint: t('plans.usefulHoursHint') })}
      </Flex>
      <Flex gap="middle" wrap>
        {number('measureDays', { max: 180, hint: t('plans.measureDaysHint'), suffix: t('plans.days'), isFree: false })}
        {number('marginPercent', { max: 100, precision: 2, hint: t('plans.marginPercentHint'), suffix: t('plans.percent'), isFree: false })}
      </Flex>
    </>
  );
}
