import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Checkbox, Flex, Form, FormModal, Input, InputNumber, Section, SegmentedControl, Sentence, Slider, Stack, TrendChart, useFormat, useMay, useNavigateTo } from '../../../../../web/kit.ts';
import { listAudiences, saveExpansion, type ShownAudience, type ShownExpansion } from '../../../contract.ts';
import { likenessFor, nearestPoint, reachFor } from './curve.ts';

interface TakeProps {
  audience: ShownAudience;
  expansionId: number;
  result: NonNullable<ShownExpansion['result']>;
}

const firstReach = 1_000;

/** How many are taken, by their number or by their likeness, and what that means for the other; then they are kept. */
export function TakePeople({ audience, expansionId, result: { curve, mostReach } }: TakeProps) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const mayEdit = useMay('audiences.edit');
  const [by, setBy] = useState<'reach' | 'likeness'>('reach');
  const [reach, setReach] = useState(Math.min(firstReach, mostReach));
  const [likeness, setLikeness] = useState(2);
  const [withMembers, setWithMembers] = useState(false);
  const [saving, setSaving] = useState(false);
  const taken = by === 'reach' ? reach : reachFor(curve, likeness);
  const categories = useMemo(() => curve.map((point) => format.compact(point.reach)), [curve, format]);
  const series = useMemo(() => [{ name: t('expansion.web.curveSeries'), values: curve.map((point) => Math.round(point.likeness * 100) / 100), kind: 'area' as const }], [curve, t]);
  const word = (key: string): string => t(`expansion.web.${key}`);
  return (
    <Section title={word('choose')}>
      <Stack>
        <SegmentedControl label={word('by')} value={by} options={[{ value: 'reach', label: word('byReach') }, { value: 'likeness', label: word('byLikeness') }]} onChange={setBy} />
        {by === 'reach' ? (
          <Flex vertical gap="small">
            <Slider aria-label={word('reach')} min={0} max={curve.length - 1} value={nearestPoint(curve, reach)} tooltip={{ formatter: (at) => format.number(curve[at ?? 0].reach) }} onChange={(at) => setReach(curve[at].reach)} />
            <InputNumber aria-label={word('reach')} min={1} max={mostReach} precision={0} value={reach} suffix={t('web.count.people')} style={{ width: 200 }} onChange={(value) => setReach(value ?? 1)} />
          </Flex>
        ) : (
          <InputNumber prefix={word('likeness')} aria-label={word('likeness')} min={0.01} step={0.5} value={likeness} suffix={word('likenessUnit')} style={{ width: 280 }} onChange={(value) => setLikeness(value ?? 1)} />
        )}
        <Sentence>{t('expansion.web.reachOf', { shown: format.number(taken), times: format.number(by === 'reach' ? likenessFor(curve, reach) : likeness) })}</Sentence>
        <TrendChart title={word('curve')} heading={word('curveHeading')} categories={categories} series={series} heightPx={200} />
        {mayEdit && (
          <Flex justify="space-between" align="center" gap="small" wrap>
            <Checkbox checked={withMembers} onChange={(event) => setWithMembers(event.target.checked)}>{word('withMembers')}</Checkbox>
            <Button type="primary" disabled={taken === 0} onClick={() => setSaving(true)}>{word('save')}</Button>
          </Flex>
        )}
      </Stack>
      <SaveTaken open={saving} onClose={() => setSaving(false)} audience={audience} expansionId={expansionId} take={by === 'reach' ? { reach } : { likeness }} withMembers={withMembers} />
    </Section>
  );
}

interface SaveProps {
  open: boolean;
  onClose: () => void;
  audience: ShownAudience;
  expansionId: number;
  take: { reach: number } | { likeness: number };
  withMembers: boolean;
}

function SaveTaken({ open, onClose, audience, expansionId, take, withMembers }: SaveProps) {
  const { t } = useTranslation('audiences');
  const navigate = useNavigateTo();
  return (
    <FormModal<typeof saveExpansion, { name: string; reason?: string }>
      open={open}
      endpoint={saveExpansion}
      title={t('expansion.web.save')}
      submitLabel={t('expansion.web.submit')}
      initial={{ name: t('expansion.web.name', { name: audience.name }).slice(0, 80) }}
      request={(values) => ({ params: { expansionId }, body: { ...values, take, withMembers } })}
      invalidates={[listAudiences]}
      done={t('expansion.web.saved')}
      onDone={({ audienceId }) => navigate(`/users/audiences/${audienceId}`)}
      onCancel={onClose}
    >
      <Form.Item name="name" label={t('web.save.name')} rules={[{ required: true, whitespace: true, message: t('web.save.nameNeeded') }]}>
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="reason" label={t('web.save.reason')}>
        <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} placeholder={t('web.save.reasonPlaceholder')} />
      </Form.Item>
    </FormModal>
  );
}
