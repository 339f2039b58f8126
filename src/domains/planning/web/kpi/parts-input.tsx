import { useTranslation } from 'react-i18next';
import { Button, Dropdown, Flex, Form, Input, InputNumber, Section, Select, Typography, useFormat } from '../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { type BetterFigures, type CardPart, type FigureAsked, workKinds } from '../../contract.ts';
import { MetricSelect } from '../figures/metric-select.tsx';
import { useMetricText } from '../figures/use-metric-text.ts';
import { FigureInput } from '../goals/figure-input.tsx';
import styles from './kpi.module.css';

export const partKinds = ['outcome', 'process', 'progress', 'subjective'] as const;
/** What a part asks for until somebody says; of a share 1 is all. */
function usualBetter(is: BetterFigures['is'], isPercent = false): BetterFigures {
  const [all, most, slack] = isPercent ? ['1', '0.8', '0.2'] : ['100', '80', '20'];
  if (is === 'within') return { is, low: most, high: all, slack };
  return { is, target: is === 'higher' ? all : '0', floor: is === 'higher' ? '0' : all, most: '120' };
}

/** Keys stay with a part for as long as it is one: marks and evidence name them. */
const freeKey = (parts: readonly CardPart[]): string => {
  let n = parts.length + 1;
  while (parts.some(({ key }) => key === `p${n}`)) n++;
  return `p${n}`;
};

const begun = (kind: CardPart['kind'], shared: { key: string; name: string; weight: string }): CardPart => {
  if (kind === 'outcome') return { kind, ...shared, metric: { metric: 'sales', filter: null }, better: usualBetter('higher') };
  if (kind === 'process') return { kind, ...shared, work: 'tasks', better: { is: 'higher', target: '10', floor: '0', most: '120' } };
  if (kind === 'progress') return { kind, ...shared, of: 'both', curve: [{ days: -7, score: '110' }, { days: 0, score: '100' }, { days: 14, score: '0' }] };
  return { kind, ...shared, criteria: '' };
};

/** The sum of weights as people add them up, with more decimals than a weight may have: what is too exact is seen. */
export const sumOfWeights = (parts: readonly Pick<CardPart, 'weight'>[]): number => Math.round(parts.reduce((sum, { weight }) => sum + Number(weight || 0), 0) * 1e8) / 1e8;

interface PartsInputProps {
  value?: CardPart[];
  onChange?: (parts: CardPart[]) => void;
}

/** A form's field of parts. Which of them still have no name is said before anything is sent. */
export function PartsItem({ extra }: { extra?: string }) {
  const { t } = useTranslation('planning');
  const demandNames = (_: unknown, parts: readonly CardPart[] = []): Promise<void> => {
    const unnamed = parts.flatMap(({ name }, at) => (name.trim() === '' ? [at + 1] : []));
    return unnamed.length === 0 ? Promise.resolve() : Promise.reject(new Error(t('kpi.partsUnnamed', { parts: unnamed.join(t('budget.and')) })));
  };
  return <Form.Item required name="parts" label={t('kpi.parts')} extra={extra} rules={[{ validator: demandNames, validateTrigger: 'onSubmit' }]}><PartsInput /></Form.Item>;
}

/** The parts of a card with what they ask for; their weights come to a hundred. */
function PartsInput({ value = [], onChange }: PartsInputProps) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const change = (at: number, part: CardPart): void => onChange?.(value.map((each, i) => (i === at ? part : each)));
  const sum = sumOfWeights(value);
  return (
    <Flex vertical gap="small">
      {value.map((part, at) => (
        <Section key={part.key} title={t(`kpi.kinds.${part.kind}`)} extra={<Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('kpi.dropPart', { name: part.name })} onClick={() => onChange?.(value.filter((_, i) => i !== at))} />}>
          <Flex vertical gap="small">
            <Flex gap="small">
              <Input aria-label={t('kpi.partName')} placeholder={t('kpi.partName')} maxLength={120} value={part.name} onChange={({ target }) => change(at, { ...part, name: target.value })} />
              <InputNumber<string> stringMode aria-label={t('kpi.weight')} controls={false} prefix={t('kpi.weight')} min="0" max="100" value={part.weight || null} onChange={(next) => change(at, { ...part, weight: String(next ?? '') })} style={{ flex: 'none', width: 130 }} />
            </Flex>
            <PartFields part={part} onChange={(next) => change(at, next)} />
          </Flex>
        </Section>
      ))}
      <Flex justify="space-between" align="center" wrap gap="small">
        <Dropdown trigger={['click']} menu={{ items: partKinds.map((kind) => ({ key: kind, label: t(`kpi.kinds.${kind}`) })), onClick: ({ key }) => onChange?.([...value, begun(key as CardPart['kind'], { key: freeKey(value), name: '', weight: String(Math.max(0, 100 - sum)) })]) }}>
          <Button icon={<PlusOutlined />}>{t('kpi.addPart')}</Button>
        </Dropdown>
        <Typography.Text type={sum === 100 ? 'success' : 'danger'} aria-live="polite">{t(sum === 100 ? 'kpi.weightsFit' : 'kpi.weightsSum', { sum: format.number(sum, 8) })}</Typography.Text>
      </Flex>
    </Flex>
  );
}

function PartFields({ part, onChange }: { part: CardPart; onChange: (part: CardPart) => void }) {
  const { t } = useTranslation('planning');
  const text = useMetricText();
  if (part.kind === 'subjective') return <Input.TextArea aria-label={t('kpi.criteria')} placeholder={t('kpi.criteria')} maxLength={1_000} autoSize value={part.criteria} onChange={({ target }) => onChange({ ...part, criteria: target.value })} />;
  if (part.kind === 'progress') return <Progress part={part} onChange={onChange} />;
  const isShare = (metric: string): boolean => text.metric(metric)?.unit === 'percent';
  const isPercent = part.kind === 'outcome' && isShare(part.metric.metric);
  return (
    <>
      {part.kind === 'outcome'
        ? <MetricSelect value={part.metric} onChange={(metric: FigureAsked | null) => metric && onChange({ ...part, metric, better: isShare(metric.metric) === isPercent ? part.better : usualBetter(part.better.is, !isPercent) })} />
        : <Select aria-label={t('kpi.work')} value={part.work} onChange={(work) => onChange({ ...part, work })} options={workKinds.map((value) => ({ value, label: t(`kpi.works.${value}`) }))} />}
      <Better value={part.better} isPercent={isPercent} onChange={(better) => onChange({ ...part, better })} />
    </>
  );
}

function Better({ value, isPercent, onChange }: { value: BetterFigures; isPercent: boolean; onChange: (better: BetterFigures) => void }) {
  const { t } = useTranslation('planning');
  const field = (name: string, text: string, set: (next: string) => void, isShare = isPercent) => (
    <label key={name} className={styles.field}>
      <Typography.Text type="secondary">{t(`kpi.${name}`)}</Typography.Text>
      <FigureInput label={t(`kpi.${name}`)} isPercent={isShare} value={text || null} onChange={(next) => set(next ?? '')} />
    </label>
  );
  return (
    <>
      <Select aria-label={t('kpi.better')} value={value.is} onChange={(is: BetterFigures['is']) => onChange(usualBetter(is, isPercent))} options={(['higher', 'lower', 'within'] as const).map((is) => ({ value: is, label: t(`kpi.betters.${is}`) }))} />
      <div className={styles.fields}>
        {value.is === 'within'
          ? (['low', 'high', 'slack'] as const).map((name) => field(name, value[name], (next) => onChange({ ...value, [name]: next })))
          : (['target', 'floor', 'most'] as const).map((name) => field(name, value[name], (next) => onChange({ ...value, [name]: next }), name !== 'most' && isPercent))}
      </div>
    </>
  );
}

function Progress({ part, onChange }: { part: Extract<CardPart, { kind: 'progress' }>; onChange: (part: CardPart) => void }) {
  const { t } = useTranslation('planning');
  const { curve } = part;
  const set = (at: number, point: Partial<(typeof curve)[number]>): void => onChange({ ...part, curve: curve.map((each, i) => (i === at ? { ...each, ...point } : each)) });
  return (
    <>
      <Select aria-label={t('kpi.of')} value={part.of} onChange={(of) => onChange({ ...part, of })} options={(['milestones', 'tasks', 'both'] as const).map((value) => ({ value, label: t(`kpi.ofs.${value}`) }))} />
      <Typography.Text type="secondary">{t('kpi.curveHint')}</Typography.Text>
      {curve.map(({ days, score }, at) => (
        <Flex key={at} gap="small">
          <InputNumber aria-label={t('kpi.daysLate')} prefix={t('kpi.daysLate')} precision={0} value={days} onChange={(next) => set(at, { days: next ?? 0 })} style={{ flex: 1 }} />
          <InputNumber<string> stringMode aria-label={t('kpi.score')} prefix={t('kpi.score')} value={score || null} onChange={(next) => set(at, { score: String(next ?? '') })} style={{ flex: 1 }} />
          <Button type="text" icon={<DeleteOutlined />} disabled={curve.length <= 2} aria-label={t('kpi.dropPoint')} onClick={() => onChange({ ...part, curve: curve.filter((_, i) => i !== at) })} />
        </Flex>
      ))}
      {curve.length < 10 && <div><Button size="small" icon={<PlusOutlined />} onClick={() => onChange({ ...part, curve: [...curve, { days: curve.at(-1)!.days + 7, score: '0' }] })}>{t('kpi.addPoint')}</Button></div>}
    </>
  );
}
