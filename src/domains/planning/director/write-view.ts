import { createFormat, dash, type Format } from '../../../kernel/format.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { isTold, type Program } from '../../../kernel/program.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { Block, DirectorRisk, DirectorView, Plan, WrittenDocument } from '../contract.ts';
import { figures, heading, list, paragraph, table, under } from '../document/blocks.ts';
import { boundText } from '../monitors/bound-text.ts';
import { figureText } from '../document/chapters/figure-text.ts';
import type { PlanningDoors } from '../part.ts';

interface Words {
  format: Format;
  word(key: string, params?: Record<string, unknown>): string;
}

/** What a director looks at, as a document. */
export async function writeView({ platform, say }: PlanningDoors, plan: Plan, view: DirectorView, locale: Locale): Promise<WrittenDocument> {
  const brand = await readBrand(platform.pg);
  const words: Words = { format: createFormat({ locale, timeZone: brand.timeZone, currency: brand.currency }), word: (key, params) => say(locale, 'planning', key, params) };
  const { word, format } = words;
  return {
    title: word('director.titleOf', { name: plan.name }),
    subtitle: word('director.subtitleOf', { brand: brand.name, at: format.dateTime(view.computedAt) }),
    blocks: [...figures(tilesOf(view, words)), ...goalBlocks(view, words), ...budgetBlocks(view, words), ...programBlocks(view, words), ...riskBlocks(view, words)],
  };
}

function tilesOf({ stage, kpi, risks, programs }: DirectorView, { word, format }: Words): { label: string; value: string; note?: string }[] {
  const scores = kpi && { label: word('director.averageOf', { period: format.period(kpi.period) }), value: kpi.average ?? dash, note: word('director.frozenOf', { frozen: kpi.frozen, cards: kpi.cards }) };
  return [
    { label: word('director.stage'), value: word(stage.reached ? `positions.stages.${stage.reached}` : 'director.allPassed'), note: stage.reached ? word('director.metOf', { met: stage.met, total: stage.total }) : '' },
    ...(scores ? [scores] : []),
    { label: word('director.measured'), value: format.number(programs.measured), note: word(programs.unclear > 0 ? 'director.measuredOfUnclear' : 'director.measuredOf', { ...programs }) },
    { label: word('director.risks'), value: format.number(risks.reduce((sum, { total }) => sum + total, 0)) },
  ];
}

function goalBlocks({ goals, period, asOf }: DirectorView, words: Words): Block[] {
  const { word, format } = words;
  const rows = goals.map(({ name, owner, unit, state: { actual, target, path, progress, status } }) => {
    const value = (of: string | number | null): string => (of === null ? dash : figureText(words, String(of), unit));
    return [owner === null ? name : word('director.ownedBy', { name, owner }), value(actual.value), value(target), value(path), format.percent(progress, 0), word(status === 'none' ? `figures.states.${actual.state}` : `goals.statuses.${status}`)];
  });
  return under(2, word('director.goals'), table([
    { title: word('goals.name'), share: 2.4 }, ...['goals.actual', 'goals.target', 'goals.path'].map((key) => ({ title: word(key), share: 1.3, isNumber: true })), { title: word('director.progress'), isNumber: true }, { title: word('director.state') },
  ], rows), rows.length > 0 ? paragraph(word('goals.asOf', { period: format.period(period), day: format.date(asOf) }), 'note') : []);
}

function budgetBlocks({ budget }: DirectorView, { word, format }: Words): Block[] {
  if (budget === null) return [];
  const amounts = (['planned', 'reserved', 'committed', 'spent', 'forecast'] as const).map((key) => ({ label: word(key === 'planned' ? 'budget.planned' : `budget.column.${key}`), value: format.money(budget[key]) }));
  return under(2, word('director.budgetOf', { year: budget.year }), figures(amounts), budget.waiting > 0 ? paragraph(word('director.budgetWaiting', { count: budget.waiting }), 'note') : [], budget.isWithoutPeople ? paragraph(word('budget.withoutPeople'), 'note') : []);
}

/** A lift with the interval a repetition would meet. */
export function liftText({ lift }: Program, { format, word }: Words): string {
  const { difference, low, high } = lift!.revenue;
  const said = low === null || high === null ? format.wholeMoney(difference) : word('director.liftBetween', { lift: format.wholeMoney(difference), low: format.wholeMoney(low), high: format.wholeMoney(high) });
  return isTold(lift!.revenue) ? said : `${said} · ${word('director.untold')}`;
}

function programBlocks({ programs: { best, worst } }: DirectorView, words: Words): Block[] {
  const { word, format } = words;
  const part = (key: string, all: readonly Program[]): Block[] => under(2, word(`director.${key}`), table(
    [{ title: word('director.program'), share: 2 }, { title: word('director.lift'), share: 2, isNumber: true }, { title: word('director.cost'), isNumber: true }],
    all.map((program) => [program.name, liftText(program, words), format.money(program.cost)])));
  return [...part('best', best), ...part('worst', worst)];
}

/** What is the matter with something, in a sentence. */
function riskText({ kind, name, goal, unit, lateDays, monitor, share, stage }: DirectorRisk, words: Words): string {
  const value = (of: string | number): string => figureText(words, String(of), unit);
  if (kind === 'monitor') {
    const counted = (of: string): string => `${value(of)}${monitor!.countedIn}`;
    return words.word('director.riskMonitor', { name, project: monitor!.project, value: counted(monitor!.value), bound: boundText(monitor!.bound, counted, words.word), since: words.format.date(monitor!.since) });
  }
  if (kind === 'goal') return words.word('director.riskGoal', { name, actual: value(goal!.actual.value!), path: value(goal!.path!) });
  if (kind === 'project') return words.word(lateDays === null ? 'director.riskOverdue' : 'director.riskProject', { name, count: lateDays });
  if (kind === 'budget') return words.word('director.riskBudget', { name, share: words.format.percent(share, 0) });
  return kind === 'program' ? words.word('director.riskProgram', { name }) : words.word('director.riskDuty', { name, stage: words.word(`positions.stages.${stage}`) });
}

function riskBlocks({ risks }: DirectorView, words: Words): Block[] {
  const { word } = words;
  const found = risks.filter(({ total }) => total > 0);
  const more = (hidden: number): string[] => (hidden > 0 ? [word('director.moreRisks', { count: hidden })] : []);
  const blocks = found.flatMap(({ kind, total, first }) => [heading(3, word(`director.kind.${kind}`, { count: total })), ...list([...first.map((risk) => riskText(risk, words)), ...more(total - first.length)])]);
  return [heading(2, word('director.risks')), ...(blocks.length > 0 ? blocks : paragraph(word('director.noRisks')))];
}
