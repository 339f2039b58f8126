import { type Block, lanes, stageKeys } from '../../contract.ts';
import { heading, list, paragraph, table, under } from '../blocks.ts';
import type { Sources } from './sources.ts';
import { stageBlocks } from './stages.ts';

/** What the core business is: lanes, what is done in which stage, and who does it. */
export function businessChapter(sources: Sources): Block[] {
  const { of, word, metrics, format } = sources;
  const laneRows = lanes.flatMap((lane) => of('lane_plan').filter(({ body }) => body.lane === lane)
    .map(({ body: { text, metric } }) => [word(`lane.${lane}`), text, metric === null ? '' : (metrics.get(metric)?.label ?? metric)]));
  const positions = of('position');
  const nameOf = new Map(positions.map(({ itemNo, body }) => [itemNo, body.name]));
  const doers = (dutyNo: number): string => of('responsibility', dutyNo).filter(({ body }) => body.letter === 'R').flatMap(({ body }) => nameOf.get(body.positionNo) ?? []).join('\n');
  const stages = stageKeys.map((stage) => under(3, word(`stage.${stage}`), stageBlocks(sources, stage), table(
    [{ title: word('duty'), share: 2 }, { title: word('dutyNote'), share: 4 }, { title: word('dutyKind') }, { title: word('doer'), share: 1.5 }],
    of('duty').filter(({ body }) => body.stage === stage).map(({ itemNo, body: { name, note, isCore } }) => [name, note, word(isCore ? 'core' : 'supporting'), doers(itemNo)]))));
  return under(1, word('business'),
    of('conclusion').flatMap(({ body }) => paragraph(body.business, 'lead')),
    under(2, word('lanes'), table([{ title: word('laneName'), share: 1 }, { title: word('laneText'), share: 4 }, { title: word('metric'), share: 1.4 }], laneRows)),
    under(2, word('stages'), ...stages),
    under(2, word('positions'), ...positions.map(({ body }) => [
      // A position is told of also while nothing is said of it yet.
      heading(3, word('positionHead', { name: body.name, count: format.number(body.headcount), opens: format.date(body.opens) })),
      ...paragraph(body.purpose),
      ...list([...(body.skills.length > 0 ? [word('skills', { all: body.skills.join(word('comma')) })] : []), ...(body.kpi.length > 0 ? [word('kpi', { all: body.kpi.join(word('comma')) })] : [])]),
    ])));
}
