import { useTranslation } from 'react-i18next';
import { Checkbox, Form, Input, InputNumber, Select, useEndpoint } from '../../../../web/kit.ts';
import { type Item, type ItemBody, listDoers, listRobots, monitorWindows } from '../../contract.ts';
import { MetricSelect } from '../figures/metric-select.tsx';
import { useMetricText } from '../figures/use-metric-text.ts';
import { ItemForm } from '../projects/forms/item-form.tsx';
import { BoundInput, isBoundGiven } from './bound-input.tsx';
import { DayFigures } from './day-figures.tsx';

type Values = ItemBody<'monitor'>;
export type MonitorItem = Pick<Item, 'itemNo' | 'version'> & { body: Values };

const empty: Values = { name: '', metric: null, window: 'week', bound: { is: 'at_least', low: '' }, times: 1, unit: '', typed: [], tellsOwner: true, tellsAccounts: [], tellsRobots: [] };

/** A new rule by which a project is watched, or what one says. */
export function MonitorForm({ planNo, projectNo, item, today, open, onClose }: { planNo: number; projectNo: number; item: MonitorItem | null; today: string; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const text = useMetricText();
  const doers = useEndpoint(listDoers);
  const robots = useEndpoint(listRobots);
  const needed = { required: true, whitespace: true, message: t('projects.needed') };
  return (
    <ItemForm<'monitor', Values>
      planNo={planNo} kind="monitor" item={item} parentNo={projectNo} open={open} onClose={onClose} title={t(item ? 'monitors.edit' : 'monitors.new')}
      initial={item?.body ?? empty} bodyOf={(values) => ({ ...values, metric: values.metric ?? null, unit: values.metric ? '' : (values.unit ?? ''), typed: values.typed ?? [] })}
    >
      <Form.Item name="name" label={t('monitors.name')} extra={t('monitors.nameHint')} rules={[needed]}><Input maxLength={120} autoFocus /></Form.Item>
      <Form.Item name="metric" label={t('monitors.metric')} extra={t('monitors.metricHint')}><MetricSelect /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.metric?.metric !== after.metric?.metric}>
        {({ getFieldValue }) => {
          const metric = (getFieldValue('metric') ?? null) as Values['metric'];
          return (
            <>
              <Form.Item name="bound" label={t('monitors.bound')} required rules={[{ validator: (_, bound?: Values['bound']) => (isBoundGiven(bound) ? Promise.resolve() : Promise.reject(new Error(t('monitors.boundNeeded')))) }]}>
                <BoundInput isPercent={metric !== null && text.metric(metric.metric)?.unit === 'percent'} />
              </Form.Item>
              {!metric && <Form.Item name="unit" label={t('monitors.unit')}><Input maxLength={12} /></Form.Item>}
              {!metric && <Form.Item name="typed" label={t('monitors.typed')} extra={t('monitors.typedHint')}><DayFigures today={today} /></Form.Item>}
            </>
          );
        }}
      </Form.Item>
      <Form.Item name="window" required label={t('monitors.window')} extra={t('monitors.windowHint')}><Select options={monitorWindows.map((value) => ({ value, label: t(`monitors.windows.${value}`) }))} /></Form.Item>
      <Form.Item name="times" label={t('monitors.times')} extra={t('monitors.timesHint')} rules={[{ required: true, message: t('projects.needed') }]}><InputNumber min={1} max={6} precision={0} style={{ width: '100%' }} /></Form.Item>
      <Form.Item name="tellsOwner" valuePropName="checked" label={t('monitors.tells')} extra={t('monitors.tellsHint')}><Checkbox>{t('monitors.tellsOwner')}</Checkbox></Form.Item>
      <Form.Item name="tellsAccounts" label={t('monitors.tellsAccounts')}><Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} maxCount={20} options={(doers.data?.doers ?? []).map(({ staffId, name }) => ({ value: staffId, label: name }))} /></Form.Item>
      <Form.Item name="tellsRobots" label={t('monitors.tellsRobots')}><Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} maxCount={20} options={(robots.data?.robots ?? []).map(({ robotNo, name }) => ({ value: robotNo, label: name }))} notFoundContent={t('monitors.noRobots')} /></Form.Item>
    </ItemForm>
  );
}
