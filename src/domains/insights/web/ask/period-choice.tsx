import { useTranslation } from 'react-i18next';
import { DateRangePicker, Flex, presetRange, Select, todayIn, useSession } from '../../../../web/kit.ts';
import { type QuestionPeriod, relativePeriods } from '../../contract.ts';

/** A period that moves on with the calendar, or days that stay. */
export function PeriodChoice({ value, onChange }: { value: QuestionPeriod; onChange: (period: QuestionPeriod) => void }) {
  const { t } = useTranslation('insights');
  const today = todayIn(useSession().brand.timeZone);
  const isFixed = !('relative' in value);
  return (
    <Flex gap="small" wrap>
      <Select
        aria-label={t('ask.period')}
        value={isFixed ? 'fixed' : value.relative}
        popupMatchSelectWidth={false}
        options={[...relativePeriods.map((relative) => ({ value: relative as string, label: t(`relative.${relative}`) })), { value: 'fixed', label: t('relative.fixed') }]}
        onChange={(chosen) => {
          const relative = relativePeriods.find((each) => each === chosen);
          onChange(relative ? { relative } : presetRange('last30', today));
        }}
      />
      {isFixed && <DateRangePicker value={value} onChange={(range) => range && onChange(range)} />}
    </Flex>
  );
}
