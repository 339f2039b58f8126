import { useTranslation } from 'react-i18next';
import { Button, Flex, Form, InlineWord, InputNumber } from '../../../../web/kit.ts';
import { CloseOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { NumberField } from './number-field.tsx';

/** What a day's sign-in gives, and what days in a row give more. */
export function StreakFields() {
  const { t } = useTranslation('membership');
  const needed = [{ required: true, message: t('mall.needed') }];
  return (
    <>
      <Flex gap="middle" wrap>
        <NumberField name="daily" label={t('activities.daily')} isNeeded />
        <NumberField name="cycleDays" label={t('activities.cycleDays')} min={2} max={366} placeholder={t('activities.noCycle')} hint={t('activities.cycleHint')} />
      </Flex>
      <Form.List name="bonuses">
        {(fields, { add, remove }) => (
          <Form.Item label={t('activities.bonuses')}>
            {fields.map(({ key, name }) => (
              <Flex key={key} gap="small" align="baseline" wrap>
                <InlineWord>{t('activities.bonusDays')}</InlineWord>
                <Form.Item name={[name, 'days']} rules={needed}><InputNumber precision={0} min={2} max={366} aria-label={t('activities.bonusDays')} /></Form.Item>
                <InlineWord>{t('activities.bonusPoints')}</InlineWord>
                <Form.Item name={[name, 'points']} rules={needed}><InputNumber precision={0} min={1} max={1_000_000_000} aria-label={t('activities.bonusPoints')} /></Form.Item>
                <Button type="text" icon={<CloseOutlined />} aria-label={t('activities.remove')} onClick={() => remove(name)} />
              </Flex>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({ days: null, points: null })}>{t('activities.addBonus')}</Button>
          </Form.Item>
        )}
      </Form.List>
    </>
  );
}
