import { readFileSync } from 'node:fs';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { traditionalTemplates } from '../../../../test/traditional.ts';
import { locales } from '../../../kernel/locale.ts';
import { addItem, type Block, createPlan, type Item, listBudgetChanges, listBudgetLines, listChanges, listItems, listTemplates, moveItem, readDocument, readProgress, readStages, stageKeys, startFromTemplate, templateKeys } from '../contract.ts';
import { wordText } from '../../../../test/read-word.ts';
import { partsFault } from '../kpi/rules/score-line.ts';
import { budgetOf, yearsAfter } from './fill.ts';
import { type BudgetedLine, progressOf } from './progress.ts';
import { scorecardsOf } from './scorecards.ts';
import { readTemplate } from './template.ts';

/** What a template is without its words. */
const bones = (value: unknown): unknown => {
  if (typeof value === 'string') return /^[a-zA-Z0-9_.]+$/.test(value) ? value : 'text';
  if (Array.isArray(value)) return value.map(bones);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, ['name', 'text', 'note', 'owner', 'hint', 'skills', 'kpi', 'channel', 'costCentre', 'source'].includes(key) ? 'text' : bones(each)])) : value;
};
const item = (itemNo: number, kind: Item['kind'], body: object, parentNo: number | null = null): Item => ({ itemNo, kind, parentNo, body: { ...body }, version: 1, changedAt: '', changedBy: '' });
const checkOf = (items: Item[], key: string, lines: BudgetedLine[] = []) => progressOf(items, lines).elements.flatMap(({ checks }) => checks).find((check) => check.key === key);

describe('templates', () => {
  it.each(templateKeys)('%s is the same plan in every language, and refers to nothing that is not in it', (key) => {
    const [chinese, taiwanese, english] = locales.map((locale) => readTemplate(key, locale));
    expect(bones(english)).toEqual(bones(chinese));
    expect(bones(taiwanese)).toEqual(bones(chinese));
    expect(JSON.stringify(english)).not.toMatch(/[\u4e00-\u9fff]/);
    const [notes, duties, goals] = [chinese.notes, chinese.duties, chinese.goals].map((all) => new Set(all.map((each) => each.key)));
    expect(chinese.strategies.flatMap(({ of }) => of).filter((each) => !notes.has(each))).toEqual([]);
    expect(chinese.positions.flatMap((position) => Object.values(position.duties).flat()).filter((each) => !duties.has(each))).toEqual([]);
    expect(chinese.goals.filter(({ under }) => under !== null && !goals.has(under))).toEqual([]);
    expect(chinese.exits.filter(({ goal }) => !goals.has(goal))).toEqual([]);
    expect(chinese.exits.map(({ stage }) => stage)).toEqual([...stageKeys]);
    for (const template of [chinese, taiwanese, english]) {
      expect(template.goals.filter(({ owner }) => !template.positions.some(({ name }) => name === owner)), 'a goal is owned by a position').toEqual([]);
      const cards = scorecardsOf(template);
      expect(cards.map(({ position }) => position)).toEqual(template.positions.map((position) => position.key));
      for (const { name, parts } of cards) expect([name, partsFault(parts), new Set(parts.map(({ kind }) => kind)).size]).toEqual([name, null, 4]);
      expect(cards.find(({ position }) => position === 'manager')?.parts.find(({ kind }) => kind === 'outcome')?.key).toBe('core');
    }
    const lines = budgetOf(chinese, { startsOn: '2026-03-31' });
    expect(lines.map(({ fromMonth, untilMonth }) => [fromMonth >= '2026-03' && untilMonth <= '2027-02' && fromMonth <= untilMonth])).toEqual(lines.map(() => [true]));
    expect([new Set(lines.map(({ purpose }) => purpose)).size, new Set(lines.map(({ costCentre }) => costCentre)).size, lines.filter(({ purpose }) => purpose === 'people').length, new Set(lines.map(({ name }) => name)).size]).toEqual([expect.toSatisfy((n: number) => n >= 6), expect.toSatisfy((n: number) => n >= 3), 1, lines.length]);
  });

  it('are in traditional letters what they are in simplified ones', () => {
    for (const { file, text } of traditionalTemplates()) expect(readFileSync(file, 'utf8'), 'run `npm run messages`').toBe(text);
    expect([yearsAfter('2024-02-29', 1), yearsAfter('2026-01-01', 4)]).toEqual(['2025-03-01', '2030-01-01']);
  });
});

describe('the progress of a plan', () => {
  it('is nothing of an empty one, and asks for something in each element', () => {
    const empty = progressOf([], []);
    expect([empty.share, empty.elements.map(({ share }) => share)]).toEqual([0, [0, 0, 0, 0, 0, 0]]);
    expect(empty.elements.every(({ checks }) => checks.every(({ wanted }) => wanted > 0))).toBe(true);
  });

  it('counts what a template wrote for half until somebody made it the team’s own', () => {
    const need = (itemNo: number, version = 1): Item => ({ ...item(itemNo, 'need', { side: 'inside', text: 'x', source: 'y' }), version });
    const reasons = (items: Item[], filledUntil?: number) => progressOf(items, [], filledUntil).elements[0];
    const whole = reasons([need(1), need(2)]).share;
    expect([reasons([need(1), need(2)], 2).share, reasons([need(1), need(2, 2)], 2).share, reasons([need(1, 3), need(2, 2)], 2).share]).toEqual([whole / 2, whole * 0.75, whole]);
    expect(reasons([need(1), need(2, 2), need(9)], 2).checks.find(({ key }) => key === 'own')).toEqual({ key: 'own', done: 1, wanted: 2 });
    expect(reasons([need(9)], 2).checks.map(({ key }) => key)).not.toContain('own');
  });

  it('counts what can be stood on, not what was written', () => {
    const needs = [item(1, 'need', { side: 'inside', text: 'x', source: '' }), item(2, 'need', { side: 'inside', text: 'y', source: '问卷' })];
    expect([checkOf(needs, 'needSources'), checkOf(needs, 'needsInside'), checkOf(needs, 'needsOutside')]).toEqual([{ key: 'needSources', done: 1, wanted: 2 }, { key: 'needsInside', done: 2, wanted: 2 }, { key: 'needsOutside', done: 0, wanted: 2 }]);
    const note = (itemNo: number, quadrant: string, weight: number, evidence: object[] = []) => item(itemNo, 'swot_note', { quadrant, text: 'x', weight, evidence });
    const notes = [note(1, 'strength', 5), note(2, 'strength', 4, [{ from: 'typed', text: 'a', source: 'b' }]), note(3, 'opportunity', 1)];
    expect([checkOf(notes, 'quadrants')?.done, checkOf(notes, 'evidence')]).toEqual([1, { key: 'evidence', done: 1, wanted: 2 }]);
    // Of notes of one side alone nothing is crossed.
    const strategy = (kind: string, noteNos: number[]) => item(9, 'strategy', { kind, text: 'x', noteNos });
    expect([[1, 2], [1, 3], []].map((noteNos) => checkOf([...notes, strategy('so', noteNos)], 'strategies')?.done)).toEqual([0, 1, 0]);
    const duty = item(5, 'duty', { name: 'x', stage: 'value', isCore: false });
    expect([checkOf([duty], 'stageDuties')?.done, checkOf([duty, item(6, 'responsibility', { positionNo: 1, letter: 'A' }, 5)], 'dutyDoers')?.done, checkOf([duty, item(6, 'responsibility', { positionNo: 1, letter: 'R' }, 5)], 'dutyDoers')?.done]).toEqual([0, 0, 1]);
    expect([checkOf([], 'peopleLine', [{ purpose: 'people', stage: null, isApproved: false }])?.done, checkOf([], 'lineStages', [{ purpose: 'people', stage: null, isApproved: false }])?.done]).toEqual([1, 0]);
    expect(checkOf([], 'linesApproved', [{ purpose: 'people', stage: null, isApproved: false }, { purpose: 'media', stage: null, isApproved: true }])).toEqual({ key: 'linesApproved', done: 1, wanted: 2 });
    const said = { kind: 'subjective', key: 'a', name: 'x', criteria: '' };
    const card = (weight: string, itemNo = 21) => item(itemNo, 'scorecard', { name: 'x', note: '', positionNo: 20, parts: [{ ...said, weight }] });
    const kpiOf = (...cards: Item[]) => ['positionCards', 'cardOutcomes', 'cardKinds'].map((key) => checkOf([item(20, 'position', { name: 'x', purpose: '', skills: [], kpi: ['words alone'] }), ...cards], key)?.done);
    expect([kpiOf(), kpiOf(card('99')), kpiOf(card('100'))]).toEqual([[0, 0, 0], [0, 0, 0], [1, 0, 0]]);
  });
});

describe('a plan from a template', () => {
  let team: PlanningServer;
  beforeAll(async () => {
    team = await createPlanningServer('planning.read planning.edit');
  });
  afterAll(() => team.close());

  it.each(locales)('is filled in %s, and comes back whole out of Word and PDF', async (locale) => {
    const { body: { templates } } = await team.ask(listTemplates, {}, { locale });
    expect(templates.map(({ key }) => key)).toEqual([...templateKeys]);
    for (const key of locale === 'zh-CN' ? templateKeys : (['education'] as const)) {
      const { status, body: plan, text } = await team.ask(startFromTemplate, { params: { template: key }, body: { startsOn: '2027-01-01' } }, { locale });
      expect(status, text).toBe(201);
      const template = readTemplate(key, locale);
      const { body: { items } } = await team.ask(listItems, { params: plan });
      const count = (kind: Item['kind']) => items.filter((each) => each.kind === kind).length;
      expect([count('stage'), count('scorecard'), count('criterion')]).toEqual([4, template.positions.length, template.stages.flatMap(({ criteria }) => criteria).length + 4]);
      expect([count('need'), count('swot_note'), count('goal'), count('duty'), count('position'), count('lane_plan'), count('conclusion')])
        .toEqual([template.needs.length, template.notes.length, template.goals.length, template.duties.length, template.positions.length, 5, 1]);
      expect(items.find(({ kind }) => kind === 'goal')?.body).toMatchObject({ level: 'core', baseline: { from: 'registry', period: '2026' }, targets: [{ period: '2027' }, {}, {}, {}, { period: '2031' }] });
      const { body: progress } = await team.ask(readProgress, { params: plan });
      expect(progress.elements.filter(({ element }) => element === 'goals').map(({ share }) => share)).toEqual([0.5]);
      // All of it is a suggestion still: half of what it would count for.
      expect(progress.share).toBeGreaterThan(0.3);
      expect(progress.share).toBeLessThan(0.6);
      expect(progress.elements.flatMap(({ checks }) => checks).filter(({ done, wanted }) => done < wanted).map((check) => check.key)).toContain('people');
      // The place of a program that is no more makes no lane one with a program.
      await team.ask(addItem, { params: plan, body: { kind: 'program_place', parentNo: null, afterNo: null, body: { program: 'campaign:999', lane: 'retention' } } });
      expect((await team.ask(readProgress, { params: plan })).body.elements.flatMap(({ checks }) => checks).find((check) => check.key === 'lanePrograms')).toMatchObject({ done: 0 });
      const { body: { stages, warnings } } = await team.ask(readStages, { params: plan });
      expect([stages.map(({ from, to }) => [from, to]), warnings]).toEqual([[['2027-01-01', '2027-12-31'], ['2028-01-01', '2028-12-31'], ['2029-01-01', '2029-12-31'], ['2030-01-01', '2031-12-31']], []]);
      // Whatever is filled could have been put there by hand: moved to where it stands, each is looked at as if it were new.
      if (locale === 'zh-CN') {
        for (const each of items.filter(({ kind }) => key === 'education' || ['goal', 'criterion', 'scorecard'].includes(kind))) {
          const before = items.filter(({ parentNo }) => parentNo === each.parentNo);
          const moved = await team.ask(moveItem, { params: { ...plan, itemNo: each.itemNo }, body: { parentNo: each.parentNo, afterNo: before[before.indexOf(each) - 1]?.itemNo ?? null } });
          expect(moved.status, moved.text).toBe(200);
        }
      }
      if (key !== 'education') continue;
      const { body: written } = await team.ask(readDocument, { params: plan }, { locale });
      expect(written.blocks.filter((block) => block.is === 'heading' && block.level === 1)).toHaveLength(4);
      const file = async (format: string) => (await team.server.inject({ url: `/api/plans/${plan.planNo}/document/file?format=${format}&locale=${locale}`, headers: { 'x-test-permissions': 'planning.read' } }));
      const said = [template.conclusion.why, template.conclusion.business, template.conclusion.goal, ...template.needs.map((need) => need.text), ...template.goals.map(({ name }) => name), ...template.duties.map(({ note }) => note), ...template.positions.map(({ purpose }) => purpose), ...template.stages.flatMap(({ aim, criteria }) => [aim, ...criteria.map(({ name }) => name)]), ...template.scorecards.map(({ subjective }) => subjective.note)];
      const word = await file('docx');
      expect(word.headers['content-disposition']).toContain(`plan-${plan.planNo}-${locale}.docx`);
      const plain = wordText(word.rawPayload).replace(/\s/g, '');
      const { text: pages } = await extractText(await getDocumentProxy(new Uint8Array((await file('pdf')).rawPayload)), { mergePages: true });
      const pdf = pages.replace(/\s/g, '');
      for (const sentence of said) {
        expect(plain).toContain(sentence.replace(/\s/g, ''));
        expect(pdf).toContain(sentence.replace(/\s/g, ''));
      }
      expect((await file('html')).body).toContain(template.plan);
    }
  });

  it('is all there or not at all, one change after the other, and an empty one says that it is empty', async () => {
    const { body: plan } = await team.ask(startFromTemplate, { params: { template: 'retail' }, body: { name: '门店 🏪', startsOn: '2026-02-28' } }, { locale: 'zh-CN' });
    expect(plan).toMatchObject({ name: '门店 🏪', years: 5 });
    const { body: { changes } } = await team.ask(listChanges, { params: plan, query: { after: 0 } });
    expect(changes.map(({ changeNo }) => changeNo)).toEqual(Array.from({ length: plan.changeNo }, (_, n) => n + 1));
    expect((await team.ask(startFromTemplate, { params: { template: 'retail' }, body: { startsOn: '2026-02-30' } })).status).toBe(400);
    const { body: empty } = await team.ask(createPlan, { body: { name: 'empty', startsOn: '2026-01-01' } });
    expect((await team.ask(readDocument, { params: empty }, { locale: 'zh-CN' })).body.blocks).toEqual([{ is: 'paragraph', text: '规划还是空的，请先从六个要素写起。', tone: 'note' }]);
    // Lines of the budget come along for whoever may keep it, and wait for a second person.
    expect((await team.ask(listBudgetLines, { params: plan })).body.total).toBe(0);
    const treasurer = { permissions: 'planning.read planning.edit planning.budget planning.people' };
    const { body: budgeted } = await team.ask(startFromTemplate, { params: { template: 'retail' }, body: { startsOn: '2026-01-01' } }, { ...treasurer, locale: 'zh-CN' });
    const { body: { rows, total } } = await team.ask(listBudgetLines, { params: budgeted, query: { pageSize: 50 } }, treasurer);
    expect([total, rows.every(({ cap, openChangeNo }) => cap === '0' && openChangeNo !== null)]).toEqual([readTemplate('retail', 'zh-CN').budget.length, true]);
    expect((await team.ask(listBudgetChanges, { params: budgeted })).body.total).toBe(total - 1);
    // What people cost is in the document of those alone who may see it.
    const [whole, without] = await Promise.all([treasurer, {}].map(async (as) => (await team.ask(readDocument, { params: budgeted }, { locale: 'zh-CN', ...as })).body.blocks));
    const tableOf = (blocks: Block[], heading: string) => blocks.flatMap((block, n) => (block.is === 'table' && blocks.slice(0, n).findLast((each) => each.is === 'heading')?.text === heading ? [block.rows] : []))[0];
    expect(tableOf(whole, '按阶段')).toEqual([['基础建设期', '¥3,420,000.00', '91.9%'], ['策略实验期', '¥300,000.00', '8.1%']]);
    expect(tableOf(without, '按阶段')).toEqual([['基础建设期', '¥2,270,000.00', '88.3%'], ['策略实验期', '¥300,000.00', '11.7%']]);
    expect(tableOf(whole, '按季度').map(([quarter]) => quarter)).toEqual([1, 2, 3, 4].map((n) => `2026 年第 ${n} 季度`));
    expect([JSON.stringify(whole), JSON.stringify(without)].map((text) => [text.includes('团队人力'), text.includes('人员费用不在其中')])).toEqual([[true, false], [false, true]]);
    await team.ask(addItem, { params: empty, body: { kind: 'lane_plan', parentNo: null, afterNo: null, body: { lane: 'referral', text: 'x' } } });
    expect((await team.ask(addItem, { params: empty, body: { kind: 'lane_plan', parentNo: null, afterNo: null, body: { lane: 'referral', text: 'y' } } })).code).toBe('planning.lane_planned');
  });
});
