import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, Button, DateRangePicker, Flex, InlineControls, InlineWord, InputNumber, Popover, SegmentedControl, todayIn, useSession } from '../../../../web/kit.ts';
import { CalendarOutlined } from '../../../../web/icons.tsx';
import { type Period, timeUnits, type TimeUnit } from '../../contract.ts';
import { firstOf, type PeriodMode, periodOf, type PeriodShape, shapeOf } from './period-shape.ts';
import { usePeriodText } from './use-period-text.ts';
import { WordSelect } from './word-select.tsx';

interface PeriodInputProps {
  label: string;
  period: Period;
  onChange: (period: Period) => void;
  /** Days that are still to come have a meaning here. */
  hasFuture?: boolean;
}

const thisMonth: Period = { from: { calendar: 'month', ago: 0 }, to: { calendar: 'month', ago: 0 } };
const dayPresets = [0, 7, 30, 90, 180, 365];
const calendarPresets = (['week', 'month', 'year'] as const).flatMap((calendar) => [0, 1].map((ago): Period => ({ from: { calendar, ago }, to: { calendar, ago } })));

/** A period as a word of the sentence that opens: the usual ones, or one's own. */
export function PeriodInput({ label, period, onChange, hasFuture = false }: PeriodInputProps) {
  const text = usePeriodText();
  const [isOpen, setOpen] = useState(false);
  const choose = (chosen: Period): void => {
    onChange(chosen);
    setOpen(false);
  };
  const presets: Period[] = [{}, ...dayPresets.map((ago): Period => ({ from: { ago, unit: 'day' } })), thisMonth, ...(hasFuture ? [7, 30].map((ahead): Period => ({ from: { ago: 0, unit: 'day' }, to: { ahead, unit: 'day' } })) : [])];
  const isChosen = (preset: Period): boolean => JSON.stringify(preset) === JSON.stringify(period);
  const content = (
    <Flex vertical gap="middle">
      <Flex wrap gap="small">
        {presets.map((preset) => (
          <Button key={JSON.stringify(preset)} size="small" type={isChosen(preset) ? 'primary' : 'default'} onClick={() => choose(preset)}>
            {text(preset)}
          </Button>
        ))}
      </Flex>
      <OwnPeriod period={period} onChange={onChange} hasFuture={hasFuture} />
    </Flex>
  );
  return (
    <Popover trigger="click" placement="bottomLeft" open={isOpen} onOpenChange={setOpen} content={content} destroyOnHidden>
      <Button variant="filled" color="default" icon={<CalendarOutlined />} iconPlacement="end" aria-label={`${label}: ${text(period)}`} aria-expanded={isOpen}>{text(period)}</Button>
    </Popover>
  );
}

/** A period of one's own. */
function OwnPeriod({ period, onChange, hasFuture }: { period: Period; onChange: (period: Period) => void; hasFuture: boolean }) {
  const { t } = useTranslation('audiences');
  const text = usePeriodText();
  const today = todayIn(useSession().brand.timeZone);
  const shape = shapeOf(period);
  const set = (next: PeriodShape): void => {
    const written = periodOf(next);
    if (written) onChange(written);
  };
  const modes: PeriodMode[] = ['last', 'before', 'between', ...(hasFuture ? ['next' as const] : []), 'calendar', 'days'];
  return (
    <Flex vertical gap="small">
      <SegmentedControl
        label={t('web.period.mode')}
        value={shape.mode === 'all' || shape.mode === 'other' ? '' : shape.mode}
        options={modes.map((mode) => ({ value: mode as string, label: t(`web.period.mode_${mode}`) }))}
        onChange={(mode) => set(firstOf(mode as PeriodMode, { from: addDays(today, -30), to: today }))}
      />
      {shape.mode === 'calendar' && (
        <Flex wrap gap="small">
          {calendarPresets.map((preset) => <Button key={JSON.stringify(preset)} size="small" type={JSON.stringify(preset) === JSON.stringify(period) ? 'primary' : 'default'} onClick={() => onChange(preset)}>{text(preset)}</Button>)}
        </Flex>
      )}
      {shape.mode === 'days' && (
        <DateRangePicker value={shape.from && shape.to ? { from: shape.from, to: shape.to } : null} onChange={(range) => set({ mode: 'days', ...range })} />
      )}
      {(shape.mode === 'last' || shape.mode === 'before' || shape.mode === 'next') && (
        <InlineControls>
          <InlineWord>{t(`web.period.lead_${shape.mode}`)}</InlineWord>
          <CountInput label={t('web.period.amount')} value={shape.amount} onChange={(amount) => set({ ...shape, amount })} />
          <UnitSelect unit={shape.unit} onChange={(unit) => set({ ...shape, unit })} />
          <InlineWord>{t(`web.period.tail_${shape.mode}`)}</InlineWord>
        </InlineControls>
      )}
      {shape.mode === 'between' && (
        <InlineControls>
          <CountInput label={t('web.period.far')} value={shape.far} onChange={(far) => set({ ...shape, far })} />
          <InlineWord>{t('web.period.to')}</InlineWord>
          <CountInput label={t('web.period.near')} value={shape.near} onChange={(near) => set({ ...shape, near })} />
          <UnitSelect unit={shape.unit} onChange={(unit) => set({ ...shape, unit })} />
          <InlineWord>{t('web.period.tail_between')}</InlineWord>
        </InlineControls>
      )}
    </Flex>
  );
}

function UnitSelect({ unit, onChange }: { unit: TimeUnit; onChange: (unit: TimeUnit) => void }) {
  const { t } = useTranslation('audiences');
  return <WordSelect label={t('web.period.unit')} value={unit} options={timeUnits.map((value) => ({ value, label: t(`web.unitName.${value}`) }))} onChange={onChange} />;
}

/** A whole number that is never empty: what is cleared stays as it was. */
export function CountInput({ label, value, least = 0, most = 36_500, onChange }: { label: string; value: number; least?: number; most?: number; onChange: (value: number) => void }) {
  return <InputNumber variant="filled" aria-label={label} value={value} min={least} max={most} precision={0} onChange={(next) => next !== null && onChange(next)} />;
}
