import { useTranslation } from 'react-i18next';
import { currentLocale, DescriptionList, useFormat } from '../../../../web/kit.ts';

const exampleAmount = '12345.6';

/** What the chosen settings make of this moment and of an amount. */
export function BrandPreview({ timeZone, currency }: { timeZone: string; currency: string }) {
  const { t } = useTranslation('access');
  const format = useFormat();
  const now = new Intl.DateTimeFormat(currentLocale(), { timeZone, dateStyle: 'full', timeStyle: 'short' }).format();
  return (
    <DescriptionList
      columns={1}
      items={[
        { label: t('brand.now'), value: now },
        { label: t('brand.amount'), value: format.money(exampleAmount, currency) },
      ]}
    />
  );
}
