import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../web/kit.ts';
import type { BetterFigures, CardLine, CardPart } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';

/** How parts of a card are said: what they ask for, how they are scored, what there is. */
export function usePartText() {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const metrics = useMetricText();
  const value = (part: CardPart, text: string | null): string => metrics.value(text, part.kind === 'outcome' ? (metrics.metric(part.metric.metric)?.unit ?? null) : null);
  const better = (part: CardPart, said: BetterFigures): string => (said.is === 'within'
    ? t('kpi.curves.within', { low: value(part, said.low), high: value(part, said.high), slack: value(part, said.slack) })
    : t(`kpi.curves.${said.is}`, { target: value(part, said.target), floor: value(part, said.floor), most: format.number(said.most) }));
  return {
    what(part: CardPart): string {
      if (part.kind === 'outcome') return metrics.label(part.metric);
      if (part.kind === 'process') return t(`kpi.works.${part.work}`);
      return part.kind === 'progress' ? t(`kpi.ofs.${part.of}`) : part.criteria || t('kpi.bySuperior');
    },
    curve(part: CardPart): string {
      if (part.kind === 'subjective') return t('kpi.curves.said');
      if (part.kind === 'progress') return part.curve.map(({ days, score }) => t(days < 0 ? 'kpi.curves.early' : days === 0 ? 'kpi.curves.onTime' : 'kpi.curves.late', { days: Math.abs(days), score: format.number(score) })).join(t('kpi.curves.joint'));
      return better(part, part.better);
    },
    actual({ part, evidence }: CardLine): string {
      if (evidence.kind === 'outcome') return evidence.value === null ? t(`figures.states.${evidence.state}`) : value(part, evidence.value);
      if (evidence.kind === 'process') return evidence.state === 'known' ? t('kpi.times', { count: evidence.count }) : t(evidence.state === 'not_begun' ? 'kpi.notBegun' : 'kpi.noAccount');
      if (evidence.kind === 'progress') return evidence.rows.length === 0 ? t('kpi.nothingDue') : t('kpi.inTime', { due: evidence.rows.length, inTime: evidence.rows.filter(({ dueOn, doneOn }) => doneOn !== null && doneOn <= dueOn).length });
      return evidence.superior ? t('kpi.saidScore', { score: format.number(evidence.superior.score) }) : t('kpi.notSaid');
    },
    score: (score: string | null): string => (score === null ? t('kpi.notApplicable') : format.number(score, 2)),
  };
}
