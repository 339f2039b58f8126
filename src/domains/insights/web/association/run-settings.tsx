import { useTranslation } from 'react-i18next';
import { Button, Form, InputNumber, Popover, useMay } from '../../../../web/kit.ts';
import type { AssociationParams } from '../../contract.ts';

interface RunSettingsProps {
  value: Partial<AssociationParams>;
  onChange: (value: Partial<AssociationParams>) => void;
}

/** How the next run is to be computed; what is left empty is as usual. */
export function RunSettings({ value, onChange }: RunSettingsProps) {
  const { t } = useTranslation('insights');
  const mayTrain = useMay('insights.train');
  if (!mayTrain) return null;
  const set = (key: keyof AssociationParams, given: number | null): void => {
    const { [key]: _before, ...rest } = value;
    onChange(given === null ? rest : { ...rest, [key]: given });
  };
  const share = (key: 'leastSupport' | 'leastConfidence', placeholder: string, mostPercent: number) => (
    <Form.Item label={t(`association.settings.${key}`)} extra={key === 'leastSupport' ? t('association.settings.leastSupportHint') : undefined}>
      <InputNumber min={0.001} max={mostPercent} suffix="%" placeholder={placeholder} value={value[key] == null ? null : Number((value[key] * 100).toPrecision(10))} onChange={(percent) => set(key, percent === null ? null : percent / 100)} />
    </Form.Item>
  );
  const days = (key: 'windowDays' | 'periodDays', placeholder: string, least: number, most: number) => (
    <Form.Item label={t(`association.settings.${key}`)}>
      <InputNumber min={least} max={most} precision={0} placeholder={placeholder} value={value[key] ?? null} onChange={(given) => set(key, given)} />
    </Form.Item>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('association.settings.title')}
      content={(
        <Form layout="vertical">
          {share('leastSupport', '', 50)}
          {share('leastConfidence', '10', 100)}
          {days('windowDays', '30', 1, 180)}
          {days('periodDays', '365', 7, 1_095)}
        </Form>
      )}
    >
      <Button>{t('association.settings.title')}</Button>
    </Popover>
  );
}
