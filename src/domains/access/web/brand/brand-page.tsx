import { useTranslation } from 'react-i18next';
import { Alert, Button, Checkbox, Columns, currentLocale, Form, Input, languageNames, Loaded, PageHeader, Section, Select, useEndpoint, useFormAction } from '../../../../web/kit.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { locales } from '../../../../kernel/locale.ts';
import { readSession } from '../../contract.ts';
import { readBrandSettings, writeBrandSettings } from '../../settings/contract.ts';
import { BrandPreview } from './brand-preview.tsx';
import { currencyOptions, timeZoneOptions } from './brand-options.ts';

type Brand = EndpointReply<typeof readBrandSettings>;
type Written = EndpointReply<typeof writeBrandSettings> & { amountsStay?: boolean };

function BrandForm({ brand: { amounts, ...brand } }: { brand: Brand }) {
  const { t } = useTranslation('access');
  const { form, submit, busy, problem } = useFormAction<typeof writeBrandSettings, Written>({
    endpoint: writeBrandSettings,
    request: (values) => ({ body: { ...values, amountsStay: values.amountsStay ?? false } }),
    invalidates: [readBrandSettings, readSession],
    done: t('brand.saved'),
  });
  const currency = Form.useWatch('currency', form) ?? brand.currency;
  const timeZone = Form.useWatch('timeZone', form) ?? brand.timeZone;
  return (
    <Columns>
      <Section>
        {/* Whoever agreed to one currency did not agree to another. */}
        <Form<Written> form={form} layout="vertical" initialValues={brand} disabled={busy} onFinish={submit} requiredMark={false} onValuesChange={({ currency: chosen }) => chosen !== undefined && form.setFieldValue('amountsStay', false)}>
          {problem && <Form.Item>{problem}</Form.Item>}
          <Form.Item name="name" label={t('brand.name')} extra={t('brand.nameHint')} rules={[{ required: true, max: 80, message: t('brand.nameNeeded') }]}>
            <Input />
          </Form.Item>
          <Form.Item name="timeZone" label={t('brand.timeZone')} extra={t('brand.timeZoneHint')}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={timeZoneOptions(currentLocale())} />
          </Form.Item>
          <Form.Item name="currency" label={t('brand.currency')} extra={t('brand.currencyHint')}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={currencyOptions(currentLocale())} />
          </Form.Item>
          {currency !== brand.currency && (
            <>
              <Form.Item><Alert type="warning" showIcon title={t('brand.currencyWarning')} description={amounts.length > 0 && t('brand.amountsHeld', { from: brand.currency, amounts: amounts.join(t('brand.and')) })} /></Form.Item>
              {amounts.length > 0 && (
                <Form.Item name="amountsStay" valuePropName="checked" rules={[{ validator: (_, isKnown) => (isKnown ? Promise.resolve() : Promise.reject(new Error(t('brand.amountsStayNeeded')))) }]}>
                  <Checkbox>{t('brand.amountsStay', { from: brand.currency, to: currency })}</Checkbox>
                </Form.Item>
              )}
            </>
          )}
          <Form.Item name="language" label={t('brand.language')} extra={t('brand.languageHint')}>
            <Select options={locales.map((value) => ({ value, label: languageNames[value] }))} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('brand.save')}
          </Button>
        </Form>
      </Section>
      <Section title={t('brand.preview')}>
        <BrandPreview timeZone={timeZone} currency={currency} />
      </Section>
    </Columns>
  );
}

export default function BrandPage() {
  const { t } = useTranslation('access');
  const brand = useEndpoint(readBrandSettings);
  return (
    <>
      <PageHeader title={t('brand.title')} subtitle={t('brand.subtitle')} />
      <Loaded from={brand}>{(found) => <BrandForm brand={found} />}</Loaded>
    </>
  );
}
