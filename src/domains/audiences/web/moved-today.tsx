import { useTranslation } from 'react-i18next';
import { Flex, Typography, useFormat } from '../../../web/kit.ts';

/** Who came in and who left since the day began. */
export function MovedToday({ entered, left }: { entered: number; left: number }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  if (entered === 0 && left === 0) return <Typography.Text type="secondary">{t('web.list.unmoved')}</Typography.Text>;
  return (
    <Flex gap="small" justify="end" wrap>
      <Typography.Text type={entered > 0 ? 'success' : 'secondary'}>{t('web.list.entered', { shown: format.number(entered) })}</Typography.Text>
      <Typography.Text type="secondary">{t('web.list.left', { shown: format.number(left) })}</Typography.Text>
    </Flex>
  );
}
