import { type Block, type ItemBody, type StageKey, stageFactNames, stageFacts } from '../../contract.ts';
import { list, paragraph } from '../blocks.ts';
import { figureText } from './figure-text.ts';
import type { Sources } from './sources.ts';

/** When a stage is, what it is for, and what has to be so for it to be over. */
export function stageBlocks(sources: Pick<Sources, 'of' | 'word' | 'phrase' | 'format' | 'metrics'>, key: StageKey): Block[] {
  const { of, word, phrase, format } = sources;
  const stage = of('stage').find(({ body }) => body.stage === key);
  if (!stage) return [];
  const { from, to, aim } = stage.body;
  const own = of('criterion', stage.itemNo).map(({ body }) => body);
  const counted = stageFactNames.filter((fact) => stageFacts[fact].stage === key && stageFacts[fact].path !== null && !own.some((body) => body.fact === fact)).map((fact) => phrase(`stages.facts.${fact}`));
  return [
    ...paragraph(word('stageDays', { from: format.date(from), to: format.date(to), aim })),
    ...paragraph(word('exit')),
    ...list([...own.map((body) => criterionText(sources, body)), ...(counted.length > 0 ? [word('counted', { all: counted.join(word('comma')) })] : [])]),
  ];
}

function criterionText(sources: Pick<Sources, 'word' | 'phrase' | 'format' | 'metrics'>, { name, fact, by }: ItemBody<'criterion'>): string {
  const { word, phrase, format, metrics } = sources;
  const what = name || (fact === null ? '' : phrase(`stages.facts.${fact}`));
  if (by.kind === 'said') return word('exitSaid', { what, source: by.source });
  if (by.kind === 'target') return word('exitTarget', { what, target: format.number(by.target) });
  const metric = metrics.get(by.asked.metric);
  return word(by.is === 'at_least' ? 'exitAtLeast' : 'exitAtMost', { what, metric: metric?.label ?? by.asked.metric, bound: figureText(sources, by.bound, metric?.unit), period: word(`period.${by.period}`) });
}
