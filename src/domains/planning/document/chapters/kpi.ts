import type { BetterFigures, Block, CardPart } from '../../contract.ts';
import { heading, paragraph, table } from '../blocks.ts';
import { figureText } from './figure-text.ts';
import type { Sources } from './sources.ts';

/** How each position is scored: its parts, what each weighs, and what is worth how much. Whatever people scored is in no document. */
export function kpiBlocks(sources: Sources): Block[] {
  const { of, word, phrase, format } = sources;
  return of('scorecard').flatMap(({ body: { name, note, parts } }, n, all) => [
    // What is said of several cards in the same words is said once.
    heading(3, name), ...(note === all[n - 1]?.body.note ? [] : paragraph(note, 'note')),
    ...table(
      [{ title: word('part'), share: 2.4 }, { title: word('partKind') }, { title: word('weight'), share: 0.8, isNumber: true }, { title: word('scored'), share: 4 }],
      parts.map((part) => [part.name, phrase(`kpi.kinds.${part.kind}`), format.number(part.weight), curveText(sources, part)])),
  ]);
}

function curveText({ phrase, format, ...sources }: Sources, part: CardPart): string {
  if (part.kind === 'subjective') return part.criteria || phrase('kpi.bySuperior');
  if (part.kind === 'progress') return part.curve.map(({ days, score }) => phrase(days < 0 ? 'kpi.curves.early' : days === 0 ? 'kpi.curves.onTime' : 'kpi.curves.late', { days: Math.abs(days), score: format.number(score) })).join(phrase('kpi.curves.joint'));
  const unit = part.kind === 'outcome' ? sources.metrics.get(part.metric.metric)?.unit : null;
  return betterText(part.better, (text) => figureText({ format }, text, unit), phrase, format);
}

const betterText = (said: BetterFigures, shown: (text: string) => string, phrase: Sources['phrase'], format: Sources['format']): string => (said.is === 'within'
  ? phrase('kpi.curves.within', { low: shown(said.low), high: shown(said.high), slack: shown(said.slack) })
  : phrase(`kpi.curves.${said.is}`, { target: shown(said.target), floor: shown(said.floor), most: format.number(said.most) }));
