import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Link, Loaded, Section, Stack, useMay } from '../../../../web/kit.ts';
import { type Element, goalLevels, type ItemKindName, lanes, type Plan, quadrants, stageKeys } from '../../contract.ts';
import { type PlanItem, sorted, useItems } from '../frame/use-items.tsx';
import { ConclusionForm } from '../reasons/conclusion-form.tsx';
import { GoalForm, type GoalItem } from '../goals/goal-form.tsx';
import { BudgetLines } from './budget-lines.tsx';
import { CardLines } from './card-lines.tsx';
import { ItemLines, type LineField } from './item-lines.tsx';

/** Pages where an element is written at length, each with the word of the menu for it. */
const pages: Record<Element, readonly string[]> = { reasons: ['reasons'], goals: ['goals'], business: ['business'], stages: ['stages', 'positions'], kpi: ['kpi'], budget: ['budget'] };
const kinds = ['need', 'swot_note', 'conclusion', 'goal', 'lane_plan', 'duty', 'position'] as const;

/** The team's own answers to one element, each written where it stands. */
export function ElementAnswers({ plan: answered, element }: { plan: Plan; element: Element }) {
  const { t } = useTranslation('planning');
  const { planNo, startsOn } = answered;
  const mayEdit = useMay('planning.edit');
  const [goal, setGoal] = useState<GoalItem | null>(null);
  const read = useItems(planNo, kinds);
  const choices = (keys: readonly string[], prefix: string) => keys.map((value) => ({ value, label: t(`${prefix}.${value}`) }));
  const text: LineField = { name: 'text', label: t('start.text'), grows: 3 };
  const name: LineField = { name: 'name', label: t('start.field.name'), grows: 2 };
  return (
    <Loaded from={read}>
      {(data) => {
        const plan = sorted<(typeof kinds)[number]>(data);
        const lines = <K extends ItemKindName>(kind: K, items: PlanItem<K>[], fields: LineField[], fresh: Record<string, unknown>, more?: (item: PlanItem<K>) => ReactNode) =>
          <Section title={t(`start.part.${kind}`)}><ItemLines planNo={planNo} kind={kind} items={items} fields={fields} fresh={fresh} what={t(`kind.${kind}`)} more={more} /></Section>;
        return (
          <Stack>
            {element === 'reasons' && lines('need', plan.of('need'), [{ name: 'side', label: t('start.side'), choices: choices(['outside', 'inside'], 'document.need') }, text, { name: 'source', label: t('start.source') }], { source: '' })}
            {element === 'reasons' && lines('swot_note', plan.of('swot_note'), [{ name: 'quadrant', label: t('reasons.quadrant'), choices: choices(quadrants, 'document.quadrant') }, text], { weight: 3, evidence: [] })}
            {element === 'reasons' && <Section title={t('reasons.conclusion')}><ConclusionForm planNo={planNo} conclusion={plan.of('conclusion').at(0)} /></Section>}
            {element === 'goals' && lines('goal', plan.of('goal'), [{ name: 'level', label: t('start.field.level'), choices: choices(goalLevels, 'start.level') }, name], {}, (item) => mayEdit && <Button size="small" onClick={() => setGoal(item)}>{t('start.goalMore')}</Button>)}
            {element === 'business' && lines('lane_plan', plan.of('lane_plan'), [{ name: 'lane', label: t('start.field.lane'), choices: choices(lanes, 'document.lane') }, text], { metric: null })}
            {element === 'stages' && lines('duty', plan.of('duty'), [{ name: 'stage', label: t('start.field.stage'), choices: choices(stageKeys, 'document.stage') }, name, { name: 'note', label: t('start.field.note'), grows: 2 }], { isCore: true })}
            {element === 'stages' && lines('position', plan.of('position'), [name, { name: 'purpose', label: t('start.field.purpose'), grows: 3 }], { opens: startsOn })}
            {element === 'kpi' && <Section title={t('start.part.scorecard')}><CardLines planNo={planNo} /></Section>}
            {element === 'budget' && <Section title={t('start.part.budget')}><BudgetLines plan={answered} /></Section>}
            <Flex gap={16} wrap>{pages[element].map((page) => <Link key={page} to={`/plan/${page}?plan=${planNo}`}>{t('start.elsewhere', { page: t(`navigation.${page}`) })}</Link>)}</Flex>
            {goal && <GoalForm plan={answered} item={goal} parentNo={goal.parentNo} open onClose={() => setGoal(null)} />}
          </Stack>
        );
      }}
    </Loaded>
  );
}
