import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlainCondition, rule as ruleSchema, type Rule } from '../../contract.ts';
import { conditionsOf, duplicated, findPart, inserted, limitBroken, moved, placeOf, removed, type Step, stepped, unwrapped, wrapped } from './draft-edits.ts';
import { type DraftGroup, type DraftPart, draftOf, newCondition, newGroup, partAt, writeDraft } from './draft.ts';
import { historyOf, recorded, redone, undone } from './history.ts';

const sample = (salt: string): PlainCondition => ({ kind: 'sample', percent: 10, salt });
const group = (match: 'all' | 'any' | 'none', ...parts: Rule[]): Rule => ({ kind: 'group', match, parts });
const held = (days: number, rule: Rule): Rule => ({ kind: 'held', days, rule });

/** A draft in letters: `all(a,any(b,c))`. */
const shape = (part: DraftPart): string => {
  if (part.kind === 'condition') return part.condition.kind === 'sample' ? part.condition.salt : part.condition.kind;
  const inner = `${part.match}(${part.parts.map(shape).join(',')})`;
  return part.heldDays === null ? inner : `${part.heldDays}d:${inner}`;
};
const idOf = (draft: DraftGroup, salt: string): string => {
  const search = (part: DraftPart): string | undefined =>
    part.kind === 'condition' ? (shape(part) === salt ? part.id : undefined) : part.parts.map(search).find((id) => id !== undefined);
  return search(draft) ?? '';
};
const groupsOf = (part: DraftPart): DraftGroup[] => (part.kind === 'group' ? [part, ...part.parts.flatMap(groupsOf)] : []);
const idsOf = (part: DraftPart): string[] => [part.id, ...(part.kind === 'group' ? part.parts.flatMap(idsOf) : [])];

const leaf = fc.string({ minLength: 1, maxLength: 5 }).map(sample);
const { tree } = fc.letrec<{ tree: Rule }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ kind: fc.constant('group' as const), match: fc.constantFrom('all', 'any', 'none'), parts: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }) }) as fc.Arbitrary<Rule>,
    fc.record({ kind: fc.constant('held' as const), days: fc.integer({ min: 1, max: 60 }), rule: tie('tree') }) as fc.Arbitrary<Rule>,
  ),
}));

describe('a rule on the screen', () => {
  it('says what it said when it is written again', () => {
    const rule = group('all', sample('a'), held(7, group('any', sample('b'), sample('c'))), group('none', sample('d')));
    expect(writeDraft(draftOf(rule)).rule).toEqual(rule);
  });

  it('gives a condition that has to hold for days a group of its own, so that more can be added', () => {
    expect(shape(draftOf(held(3, sample('a'))))).toBe('3d:all(a)');
    expect(shape(draftOf(held(3, held(2, sample('a')))))).toBe('3d:all(2d:all(a))');
  });

  it('knows the place of every part, past those of days', () => {
    const draft = draftOf(group('all', sample('a'), held(7, group('any', sample('b'), sample('c')))));
    const { places } = writeDraft(draft);
    expect(places.get('parts.1.rule.parts.1')).toBe(idOf(draft, 'c'));
    expect(places.get('')).toBe(draft.id);
  });

  it('leaves out what is not finished, and counts the places of the rest without it', () => {
    const unfinished = newCondition({ kind: 'tag', tags: [], match: 'any' });
    const finished = newCondition(sample('b'));
    const { rule, places, unfinished: lacking } = writeDraft(newGroup('all', [unfinished, newGroup('any', [unfinished]), finished]));
    expect(rule).toEqual(group('all', sample('b')));
    expect(places.get('parts.0')).toBe(finished.id);
    expect(lacking.has(unfinished.id)).toBe(true);
  });

  it('writes any tree as a rule that the server takes', () => {
    fc.assert(fc.property(tree, (rule) => {
      const { rule: written, places } = writeDraft(draftOf(rule));
      expect(ruleSchema.safeParse(written).success).toBe(true);
      for (const path of places.keys()) expect(path.split('.').filter(Boolean).reduce((at: unknown, step) => (at as Record<string, unknown>)[step], written)).toBeDefined();
    }));
  });

  it('finds the condition that a refusal is about', () => {
    const draft = draftOf(group('all', sample('a'), group('any', sample('b'))));
    const { places } = writeDraft(draft);
    expect(partAt(places, 'body.rule.parts.1.parts.0.facts.where.0.values')).toBe(idOf(draft, 'b'));
    expect(partAt(places, 'body.rule')).toBe(draft.id);
    expect(partAt(new Map(), 'body.name')).toBeUndefined();
  });
});

describe('an edit', () => {
  const start = (): DraftGroup => draftOf(group('all', sample('a'), group('any', sample('b'), sample('c')), sample('d')));
  const after = (salt: string, step: Step): string => {
    const draft = start();
    return shape(stepped(draft, idOf(draft, salt), step));
  };

  it('moves a condition past its neighbours, into a group and out of it by the keyboard', () => {
    expect(after('d', 'up')).toBe('all(a,d,any(b,c))');
    expect(after('a', 'down')).toBe('all(any(b,c),a,d)');
    expect(after('d', 'in')).toBe('all(a,any(b,c,d))');
    expect(after('a', 'in')).toBe('all(any(a,b,c),d)');
    expect(after('b', 'up')).toBe('all(a,b,any(c),d)');
    expect(after('c', 'down')).toBe('all(a,any(b),c,d)');
    expect(after('b', 'out')).toBe('all(a,any(c),b,d)');
    expect(after('a', 'up')).toBe('all(a,any(b,c),d)');
  });

  it('moves within a group to the place that was pointed at', () => {
    const draft = start();
    expect(shape(moved(draft, idOf(draft, 'a'), draft.id, 3))).toBe('all(any(b,c),d,a)');
    expect(shape(moved(draft, idOf(draft, 'd'), draft.id, 0))).toBe('all(d,a,any(b,c))');
  });

  it('never moves a group into itself', () => {
    const draft = start();
    const inner = draft.parts[1];
    expect(moved(draft, inner.id, inner.id, 0)).toBe(draft);
  });

  it('wraps, dissolves, doubles and removes', () => {
    const draft = start();
    expect(shape(wrapped(draft, idOf(draft, 'a'), 'none'))).toBe('all(none(a),any(b,c),d)');
    expect(shape(unwrapped(draft, draft.parts[1].id))).toBe('all(a,b,c,d)');
    expect(shape(duplicated(draft, draft.parts[1].id))).toBe('all(a,any(b,c),any(b,c),d)');
    expect(shape(removed(draft, idOf(draft, 'b')))).toBe('all(a,any(c),d)');
  });

  it('loses and doubles nothing, wherever a part is moved', () => {
    fc.assert(fc.property(tree, fc.nat(), fc.nat(), fc.nat(), (rule, which, where, at) => {
      const draft = draftOf(rule);
      const ids = idsOf(draft).slice(1);
      const groups = groupsOf(draft);
      const id = ids[which % ids.length];
      const target = groups[where % groups.length];
      const result = moved(draft, id, target.id, at % (target.parts.length + 1));
      expect(idsOf(result).sort()).toEqual(idsOf(draft).sort());
      if (!findPart(findPart(draft, id) ?? draft, target.id)) expect(placeOf(result, id)?.group.id).toBe(target.id);
    }));
  });

  it('gives a copy ids of its own', () => {
    const draft = start();
    const ids = idsOf(duplicated(draft, draft.parts[1].id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tells when a rule grows beyond its limits', () => {
    let deep = newGroup('all', [newCondition(sample('a'))]);
    for (let level = 0; level < 10; level++) deep = newGroup('all', [deep]);
    expect(limitBroken(deep)).toBeNull();
    expect(limitBroken(newGroup('all', [deep]))).toBe('depth');
    const wide = newGroup('any', Array.from({ length: 201 }, () => newCondition(sample('a'))));
    expect(conditionsOf(wide)).toBe(201);
    expect(limitBroken(wide)).toBe('conditions');
    expect(limitBroken(inserted(newGroup('any'), 'nowhere', 0, wide))).toBeNull();
  });
});

describe('undo', () => {
  it('goes back and forth, and forgets what was undone after a new change', () => {
    let history = historyOf(1);
    for (const next of [2, 3]) history = recorded(history, next, null, 0);
    history = undone(undone(undone(history)));
    expect(history.present).toBe(1);
    history = redone(history);
    expect(history.present).toBe(2);
    history = recorded(history, 9, null, 0);
    expect(redone(history).present).toBe(9);
    expect(undone(history).present).toBe(2);
  });

  it('takes the digits of a number as one step, and a later change as another', () => {
    let history = historyOf('');
    history = recorded(history, '1', 'amount', 0);
    history = recorded(history, '12', 'amount', 500);
    expect(undone(history).present).toBe('');
    history = recorded(history, '13', 'amount', 5_000);
    expect(undone(history).present).toBe('12');
  });
});
