import { useTranslation } from 'react-i18next';
import { Alert, useFormat, useSession } from '../../../../web/kit.ts';
import type { Figures } from '../../contract.ts';

/** Says that amounts of another currency are among those added up; nothing where there are none. */
export function OtherCurrency({ totals }: { totals: Figures }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { currency } = useSession().brand;
  const count = totals.linesInOtherCurrency;
  if (count === 0) return null;
  return <Alert type="warning" showIcon title={t('data.otherCurrency', { count, shown: format.number(count), currency })} />;
}
