import { createFormat } from '../../../kernel/format.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { notFound } from '../../../kernel/problem.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { Block, Item, ItemBody, WrittenDocument } from '../contract.ts';
import { figures, heading, list, paragraph, table, under } from '../document/blocks.ts';
import type { PlanningDoors } from '../part.ts';
import { requirePlan } from '../plans/keep-plans.ts';

type Kind = 'position' | 'assignment' | 'duty' | 'responsibility';
type Known<K extends Kind> = Omit<Item, 'body'> & { body: ItemBody<K> };

/** Job descriptions of a plan, of one position or of all, for whoever is hired, assessed or asked; without what anybody costs. Throws `planning.item_not_found`. */
export async function describeJobs({ platform: { pg, clock }, items, say }: Pick<PlanningDoors, 'platform' | 'items' | 'say'>, planNo: number, positionNo: number | null, locale: Locale): Promise<WrittenDocument> {
  const plan = await requirePlan(pg, planNo);
  const [brand, all] = await Promise.all([readBrand(pg), items.list(planNo, ['position', 'assignment', 'duty', 'responsibility'])]);
  const of = <K extends Kind>(kind: K): Known<K>[] => all.filter((item) => item.kind === kind) as Known<K>[];
  const positions = of('position');
  const wanted = positions.filter(({ itemNo }) => positionNo === null || itemNo === positionNo);
  if (positionNo !== null && wanted.length === 0) throw notFound('planning.item_not_found', { itemNo: positionNo });
  const format = createFormat({ locale, timeZone: brand.timeZone, currency: brand.currency });
  const word = (key: string, params: Record<string, unknown> = {}): string => say(locale, 'planning', `positions.${key}`, params);
  const span = (from: string, to: string | null): string => `${format.date(from)} – ${to === null ? '' : format.date(to)}`;
  const nameOf = (no: number | null): string => positions.find(({ itemNo }) => itemNo === no)?.body.name ?? '–';
  const [duties, parts, assignments] = [of('duty'), of('responsibility'), of('assignment')];
  const job = ({ itemNo, body: { name, department, opens, closes, reportsToNo, headcount, purpose, skills, kpi } }: Known<'position'>): Block[] => {
    const lettersOf = (dutyNo: number): string => parts.filter(({ parentNo, body }) => parentNo === dutyNo && body.positionNo === itemNo).map(({ body }) => word(`letters.${body.letter}`)).join(word('comma'));
    const own = duties.map(({ itemNo: dutyNo, body }) => [body.name, body.note, word(`stages.${body.stage}`), lettersOf(dutyNo)]).filter(([, , , letters]) => letters !== '');
    return [
      heading(1, name),
      ...figures([
        { label: word('department'), value: department || '–' }, { label: word('reportsTo'), value: nameOf(reportsToNo) },
        { label: word('headcount'), value: format.number(headcount) }, { label: word('time'), value: span(opens, closes) },
      ]),
      ...under(2, word('purpose'), paragraph(purpose)),
      ...under(2, word('duties'), table([{ title: word('duty'), share: 2 }, { title: word('note'), share: 3 }, { title: word('stage') }, { title: word('part') }], own)),
      ...under(2, word('skills'), list(skills)), ...under(2, word('kpi'), list(kpi)),
      ...under(2, word('people'), list(assignments.filter(({ parentNo }) => parentNo === itemNo).map(({ body: { person, sharePercent, from, to } }) => `${person.name} · ${format.percent(sharePercent / 100, 0)} · ${span(from, to)}`))),
    ];
  };
  const blocks = wanted.flatMap(job);
  return {
    title: positionNo === null ? word('jobs') : word('jobOf', { name: wanted[0].body.name }), subtitle: word('jobsOf', { brand: brand.name, plan: plan.name, at: format.dateTime(clock.now()) }),
    blocks: blocks.length > 0 ? blocks : paragraph(word('none'), 'note'),
  };
}
