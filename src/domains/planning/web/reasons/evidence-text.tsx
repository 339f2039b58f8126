import { useTranslation } from 'react-i18next';
import { Link, Tag, useFormat } from '../../../../web/kit.ts';
import type { ShownEvidence } from '../../contract.ts';

/** What a note stands on, in one line: the figure of this moment with its period, or what was typed in with its source. */
export function EvidenceText({ evidence: { from, label, state, value, unit, period, computedAt, source, path, months } }: { evidence: ShownEvidence }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  if (from === 'typed') return <div>{label} <Tag>{t('reasons.typed')}</Tag><small>{t('reasons.source', { source })}</small></div>;
  const named = path ? <Link to={path}>{label}</Link> : label;
  if (state !== 'known' || value === null) return <div>{named} <Tag>{t(state === 'gone' || state === 'pending' ? `reasons.${state}` : 'reasons.unknown')}</Tag></div>;
  const figure = { money: format.money(value), percent: format.percent(Number(value)), count: format.number(value), quantity: format.number(value) }[unit ?? 'count'];
  return (
    <div>
      {named} <strong>{from === 'audience' ? t('reasons.people', { size: figure }) : figure}</strong> <Course values={months.map((month) => month.value)} label={label} />
      <div><small>{period ? `${format.date(period.from)} – ${format.date(period.to)}` : format.dateTime(computedAt)}</small></div>
    </div>
  );
}

/** The months of a metric as a line of a word's height; the figure beside it says what they came to. */
function Course({ values, label }: { values: (string | null)[]; label: string }) {
  const known = values.flatMap((value, n) => (value === null ? [] : [{ n, value: Number(value) }]));
  if (known.length < 3) return null;
  const [low, high] = [Math.min(...known.map(({ value }) => value)), Math.max(...known.map(({ value }) => value))];
  const points = known.map(({ n, value }) => `${(n / (values.length - 1)) * 68 + 1},${high === low ? 8 : 15 - ((value - low) / (high - low)) * 14}`).join(' ');
  return <svg width={70} height={16} role="img" aria-label={label} style={{ verticalAlign: 'middle' }}><polyline points={points} fill="none" stroke="var(--ant-color-primary)" strokeWidth={1.5} /></svg>;
}
