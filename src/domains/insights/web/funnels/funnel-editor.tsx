import { useTranslation } from 'react-i18next';
import { AddFactsFilter, FactsFilters, FactsInput } from '../../../audiences/web/inputs/facts-input.tsx';
import { CountInput } from '../../../audiences/web/inputs/period-input.tsx';
import { useFieldList } from '../../../audiences/web/inputs/use-field-list.ts';
import { WordSelect } from '../../../audiences/web/inputs/word-select.tsx';
import { Button, Flex, InlineControls, InlineWord, Stack, Typography } from '../../../../web/kit.ts';
import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { funnelLimits, type FunnelStep } from '../../contract.ts';
import { draftStep, eventStep, type FunnelDraft, orderStep } from './funnel-draft.ts';

interface FunnelEditorProps {
  draft: FunnelDraft;
  onChange: (draft: FunnelDraft) => void;
}

const units = ['minute', 'hour', 'day'] as const;

/** Steps, how long a run may take, and how strict it is. */
export function FunnelEditor({ draft, onChange }: FunnelEditorProps) {
  const { t } = useTranslation('insights');
  const { data } = useFieldList();
  const { steps, window, order } = draft;
  const change = (place: number, step: FunnelStep): void => onChange({ ...draft, steps: steps.with(place, { ...steps[place], step }) });
  const move = (place: number, by: number): void => onChange({ ...draft, steps: steps.toSpliced(place, 1).toSpliced(place + by, 0, steps[place]) });
  const remove = (place: number): void => onChange({ ...draft, steps: steps.toSpliced(place, 1) });
  const add = (): void => onChange({ ...draft, steps: [...steps, draftStep(data?.events.length ? eventStep(data.events[0].name) : orderStep())] });
  return (
    <Stack>
      {steps.map(({ id, step }, place) => (
        <div key={id}>
          <InlineControls>
            <InlineWord isStrong>{t('funnel.edit.place', { place: place + 1 })}</InlineWord>
            <StepInput step={step} onChange={(next) => change(place, next)} />
            <Button type="text" size="small" icon={<ArrowUpOutlined />} disabled={place === 0} aria-label={t('funnel.edit.up')} onClick={() => move(place, -1)} />
            <Button type="text" size="small" icon={<ArrowDownOutlined />} disabled={place === steps.length - 1} aria-label={t('funnel.edit.down')} onClick={() => move(place, 1)} />
            {steps.length > 2 && <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('funnel.edit.remove')} onClick={() => remove(place)} />}
          </InlineControls>
          <FactsFilters facts={step.facts} onChange={(facts) => change(place, { ...step, facts })} />
        </div>
      ))}
      <Flex>
        <Button type="dashed" size="small" icon={<PlusOutlined />} disabled={steps.length >= funnelLimits.steps} onClick={add}>{t('funnel.edit.add')}</Button>
      </Flex>
      <InlineControls>
        <WordSelect label={t('funnel.edit.windowOf')} value={window.of} options={(['whole', 'each'] as const).map((value) => ({ value, label: t(`funnel.edit.${value}`) }))} onChange={(of) => onChange({ ...draft, window: { ...window, of } })} />
        <CountInput label={t('funnel.edit.window')} value={window.amount} least={1} most={10_000} onChange={(amount) => onChange({ ...draft, window: { ...window, amount } })} />
        <WordSelect label={t('funnel.edit.unit')} value={window.unit} options={units.map((value) => ({ value, label: t(`funnel.unit.${value}`) }))} onChange={(unit) => onChange({ ...draft, window: { ...window, unit } })} />
        <WordSelect label={t('funnel.edit.order')} value={order} options={(['loose', 'strict'] as const).map((value) => ({ value, label: t(`funnel.edit.${value}`) }))} onChange={(next) => onChange({ ...draft, order: next })} />
      </InlineControls>
      <Typography.Text type="secondary">{t(`funnel.edit.explain_${order}`)}</Typography.Text>
    </Stack>
  );
}

function StepInput({ step, onChange }: { step: FunnelStep; onChange: (step: FunnelStep) => void }) {
  const { t } = useTranslation('insights');
  const { facts, which } = step;
  const isSale = facts.fact === 'order' && facts.of === 'sale';
  return (
    <>
      <FactsInput facts={facts} onChange={(next) => onChange({ ...step, facts: next, which: next.fact === 'order' && next.of === 'sale' ? which : 'any' })} />
      {isSale && <WordSelect label={t('funnel.edit.which')} value={which} options={(['any', 'first'] as const).map((value) => ({ value, label: t(`funnel.edit.${value}`) }))} onChange={(next) => onChange({ ...step, which: next })} />}
      <AddFactsFilter facts={facts} onChange={(next) => onChange({ ...step, facts: next })} />
    </>
  );
}
