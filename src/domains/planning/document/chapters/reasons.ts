import { type Block, quadrants, strategyKinds } from '../../contract.ts';
import { list, paragraph, table, under } from '../blocks.ts';
import type { Sources } from './sources.ts';
import { evidenceText } from './figure-text.ts';

/** Why this department. */
export function reasonChapter(sources: Sources): Block[] {
  const { of, word, evidence } = sources;
  const notes = of('swot_note');
  const textOf = new Map(notes.map(({ itemNo, body }) => [itemNo, body.text]));
  const needs = (side: 'outside' | 'inside') => under(3, word(`need.${side}`), list(of('need').filter(({ body }) => body.side === side).map(({ body: { text, source } }) => (source === '' ? text : word('sourced', { text, source })))));
  const rows = quadrants.flatMap((quadrant) => notes.filter(({ body }) => body.quadrant === quadrant).toSorted((a, b) => b.body.weight - a.body.weight)
    .map(({ itemNo, body }) => [word(`quadrant.${quadrant}`), body.text, String(body.weight), (evidence.get(itemNo) ?? []).map((each) => evidenceText(sources, each)).join('\n')]));
  const strategies = strategyKinds.flatMap((kind) => of('strategy').filter(({ body }) => body.kind === kind)
    .map(({ body }) => [word(`strategy.${kind}`), body.text, body.noteNos.flatMap((itemNo) => textOf.get(itemNo) ?? []).join('\n')]));
  return under(1, word('why'),
    of('conclusion').flatMap(({ body }) => paragraph(body.why, 'lead')),
    under(2, word('needs'), needs('outside'), needs('inside')),
    under(2, word('swot'), table([{ title: word('side'), share: 1 }, { title: word('note'), share: 3 }, { title: word('weight'), share: 0.8, isNumber: true }, { title: word('evidence'), share: 3 }], rows)),
    under(2, word('strategies'), table([{ title: word('kind'), share: 1.2 }, { title: word('strategyText'), share: 3 }, { title: word('comesFrom'), share: 3 }], strategies)));
}
