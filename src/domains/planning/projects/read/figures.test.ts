import { describe, expect, it } from 'vitest';
import type { ItemBody, ItemKindName } from '../../contract.ts';
import { itemKinds } from '../../contract.ts';
import { figuresOf } from './figures.ts';
import { isMeant, isOpen } from './meant.ts';
import type { Known, PlannedItem } from './plan-work.ts';

const today = '2026-06-18';
let made = 0;
const item = <K extends ItemKindName>(
  kind: K,
  body: Record<string, unknown>,
): Known<K> => ({
  itemNo: ++made,
  kind,
  parentNo: 1,
  body: itemKinds[kind].body.parse(body) as ItemBody<K>,
  version: 1,
  changedAt: '2026-06-01T00:00:00.000Z',
  changedBy: '林',
});
const project = (more: Record<string, unknown> = {}) =>
  item('project', {
    name: '会员日',
    from: '2026-06-01',
    to: '2026-06-30',
    state: 'running',
    ...more,
  });
const planned = (
  known: Known<'task'> | Known<'milestone'>,
  ends: string | null,
  lateDays = 0,
): PlannedItem =>
  ({ ...known, starts: ends, ends, lateDays, isCritical: false }) as PlannedItem;
const task = (more: Record<string, unknown>, ends: string | null = null, lateDays = 0) =>
  planned(item('task', { name: '选品', ...more }), ends, lateDays);
const milestone = (
  more: Record<string, unknown>,
  ends: string | null = null,
  lateDays = 0,
) => planned(item('milestone', { name: '开卖', ...more }), ends, lateDays);

describe('how a project stands', () => {
  it('says nothing of what has nothing in it', () => {
    expect(figuresOf(project(), [], today)).toEqual({
      tasks: 0,
      done: 0,
      doing: 0,
      overdue: 0,
      progress: null,
      milestones: 0,
      milestonesDone: 0,
      next: null,
      ends: null,
      lateDays: 0,
      risk: 'none',
    });
  });

  it('counts what is done, by hours where all have them, and what was dropped not at all', () => {
    const done = { state: 'done', doneOn: '2026-06-10' };
    const three = [
      task({ ...done, estimateHours: 6 }),
      task({ state: 'doing', estimateHours: 2 }),
      task({ state: 'dropped', estimateHours: 100 }),
    ];
    expect(figuresOf(project(), three, today)).toMatchObject({
      tasks: 2,
      done: 1,
      doing: 1,
      progress: 0.75,
    });
    expect(figuresOf(project(), [...three, task({})], today)).toMatchObject({
      tasks: 3,
      progress: 1 / 3,
    });
  });

  it('is overdue with what is past its day, not with what is due today', () => {
    const items = [
      task({ to: '2026-06-17' }),
      task({ to: '2026-06-18' }),
      task({ to: '2026-06-01', state: 'done', doneOn: '2026-06-05' }),
      task({}),
    ];
    expect(figuresOf(project(), items, today).overdue).toBe(1);
  });

  it('is late where its end is, at risk where a part of it is, and neither when it is over', () => {
    const late = [milestone({ due: '2026-06-29' }, '2026-07-02', 3)];
    expect(figuresOf(project(), late, today)).toMatchObject({
      ends: '2026-07-02',
      lateDays: 2,
      risk: 'late',
    });
    const slipped = [milestone({ due: '2026-06-20' }, '2026-06-22', 2)];
    expect(figuresOf(project(), slipped, today)).toMatchObject({
      lateDays: 0,
      risk: 'at_risk',
    });
    const wasLate = [
      milestone({ due: '2026-06-10', doneOn: '2026-06-12' }, '2026-06-12', 2),
    ];
    expect(figuresOf(project(), wasLate, today).risk).toBe('on_track');
    expect(figuresOf(project({ state: 'done' }), late, today).risk).toBe('none');
    expect(figuresOf(project({ to: '2026-06-17' }), [], today).risk).toBe('late');
  });

  it('looks forward to the first milestone that is not reached', () => {
    const items = [
      milestone({ name: '三', due: '2026-06-28' }),
      milestone({ name: '一', due: '2026-06-10', doneOn: '2026-06-09' }),
      milestone({ name: '二', due: '2026-06-20' }, '2026-06-21', 1),
    ];
    expect(figuresOf(project(), items, today)).toMatchObject({
      milestones: 3,
      milestonesDone: 1,
      next: { name: '二', due: '2026-06-20', lateDays: 1 },
    });
  });
});

describe('who is meant', () => {
  const lin = { id: 7, name: '林' };

  it('is an account by its number, whatever it is called now', () => {
    expect(isMeant({ staffId: 7, name: '小林' }, lin)).toBe(true);
    expect(isMeant({ staffId: 8, name: '林' }, lin)).toBe(false);
  });

  it('is somebody by their name where no account was chosen', () => {
    expect(isMeant({ staffId: null, name: '林' }, lin)).toBe(true);
    expect(isMeant({ staffId: null, name: '王' }, lin)).toBe(false);
  });

  it('has to do what is neither done nor dropped', () => {
    expect(isOpen(task({}))).toBe(true);
    expect(isOpen(task({ state: 'waiting' }))).toBe(true);
    expect(isOpen(task({ state: 'dropped' }))).toBe(false);
    expect(isOpen(task({ state: 'done', doneOn: '2026-06-01' }))).toBe(false);
    expect(isOpen(milestone({ due: '2026-06-01', doneOn: '2026-06-01' }))).toBe(false);
  });
});
