import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Alert, Checkbox, DatePicker, Form, FormModal, Radio, Select, todayIn, useEndpoint, useFormat, useMay, useSession } from '../../../../web/kit.ts';
import { createDelivery, deliveryFormats, deliveryModes, listDeliveries, listDestinations, type ShownAudience, type ShownDelivery } from '../../contract.ts';

interface Values {
  destinationId: number;
  mode: ShownDelivery['mode'];
  format: ShownDelivery['format'];
  reveal?: boolean;
  on?: dayjs.Dayjs | null;
  withPresent?: boolean;
  pauseMinutes?: number;
}

const pauses = [1, 15, 60, 360, 1_440];

/** Sends an audience somewhere. */
export function DeliveryForm({ audience, open, onClose }: { audience: ShownAudience; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('audiences');
  const destinations = useEndpoint(listDestinations, { query: { pageSize: 200 } }, { enabled: open });
  const mayReveal = useMay('customers.reveal');
  const rows = destinations.data?.rows ?? [];
  const isWebhook = (destinationId: unknown): boolean => rows.find((row) => row.destinationId === destinationId)?.address.kind !== 'bucket';
  const { audienceId, kind } = audience;
  return (
    <FormModal<typeof createDelivery, Values>
      open={open}
      title={t('deliver.begin')}
      submitLabel={t('deliver.submit')}
      endpoint={createDelivery}
      initial={{ mode: 'once', format: 'jsonl', withPresent: true, pauseMinutes: 15 }}
      request={({ on, format, destinationId, mode, ...rest }) => ({
        params: { audienceId },
        body: { ...rest, destinationId, mode, format: isWebhook(destinationId) ? 'jsonl' : format, ...(on && mode === 'once' ? { on: on.format('YYYY-MM-DD') } : {}) },
      })}
      invalidates={[listDeliveries]}
      done={t('deliver.begun')}
      onDone={onClose}
      onCancel={onClose}
    >
      {destinations.data?.total === 0 && <Form.Item><Alert type="info" showIcon title={t('deliver.empty')} description={t('deliver.askForOne')} /></Form.Item>}
      <Form.Item name="destinationId" label={t('deliver.column.destination')} rules={[{ required: true, message: t('deliver.needed') }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} loading={destinations.isPending} options={rows.map((row) => ({ value: row.destinationId, label: `${row.name} · ${t(`deliver.kinds.${row.address.kind}`)}` }))} />
      </Form.Item>
      <Form.Item name="mode" label={t('deliver.column.mode')} required>
        <Radio.Group options={deliveryModes.map((value) => ({ value, label: t(`deliver.modes.${value}`), disabled: value === 'changes' && kind === 'fixed' }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={['mode', 'destinationId']}>
        {({ getFieldValue }) => (
          <>
            {getFieldValue('mode') === 'changes' ? <ChangesFields /> : <OnceFields createdAt={audience.createdAt} />}
            {!isWebhook(getFieldValue('destinationId')) && (
              <Form.Item name="format" label={t('deliver.format')} required>
                <Select options={deliveryFormats.map((value) => ({ value, label: t(`deliver.formats.${value}`) }))} />
              </Form.Item>
            )}
          </>
        )}
      </Form.Item>
      <Form.Item name="reveal" valuePropName="checked" extra={t(mayReveal ? 'deliver.revealHint' : 'deliver.mayNotReveal')}>
        <Checkbox disabled={!mayReveal}>{t('deliver.reveal')}</Checkbox>
      </Form.Item>
    </FormModal>
  );
}

function OnceFields({ createdAt }: { createdAt: string }) {
  const { t } = useTranslation('audiences');
  const { timeZone } = useSession().brand;
  return (
    <Form.Item name="on" label={t('deliver.on')} extra={t('deliver.onHint')}>
      <DatePicker placeholder={t('web.members.now')} minDate={dayjs(todayIn(timeZone, new Date(createdAt)))} maxDate={dayjs(todayIn(timeZone)).subtract(1, 'day')} />
    </Form.Item>
  );
}

function ChangesFields() {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  return (
    <>
      <Form.Item name="pauseMinutes" label={t('deliver.pause')} extra={t('deliver.pauseHint')} required>
        <Select options={pauses.map((count) => ({ value: count, label: format.duration(count * 60_000) }))} />
      </Form.Item>
      <Form.Item name="withPresent" valuePropName="checked">
        <Checkbox>{t('deliver.withPresent')}</Checkbox>
      </Form.Item>
    </>
  );
}
