import { useTranslation } from 'react-i18next';
import { Columns, Loaded, Section, Stack } from '../../../../web/kit.ts';
import type { Plan } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { sorted, useItems } from '../frame/use-items.tsx';
import { ItemLines } from '../start/item-lines.tsx';
import { ConclusionForm } from './conclusion-form.tsx';
import { Strategies } from './strategies.tsx';
import { SwotBoard } from './swot-board.tsx';

const kinds = ['need', 'swot_note', 'strategy', 'conclusion'] as const;

/** Why there is a department: needs, what stands for and against it, what follows, and the conclusion. */
export default function ReasonsPage() {
  const { t } = useTranslation('planning');
  return <PlanPage title={t('reasons.title')} subtitle={t('reasons.subtitle')}>{(plan) => <Reasons key={plan.planNo} plan={plan} />}</PlanPage>;
}

function Reasons({ plan: { planNo } }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const read = useItems(planNo, kinds);
  return (
    <Loaded from={read}>
      {(data) => {
        const plan = sorted<(typeof kinds)[number]>(data);
        const [notes, needs] = [plan.of('swot_note'), plan.of('need')];
        const fields = [{ name: 'text', label: t('start.text'), grows: 3 }, { name: 'source', label: t('start.source') }];
        return (
          <Stack>
            <Columns>
              {(['outside', 'inside'] as const).map((side) => (
                <Section key={side} title={t(`reasons.${side}`)}><ItemLines planNo={planNo} kind="need" items={needs.filter(({ body }) => body.side === side)} fields={fields} fresh={{ side, source: '' }} what={t('kind.need')} /></Section>
              ))}
            </Columns>
            <SwotBoard planNo={planNo} notes={notes} />
            <Strategies planNo={planNo} strategies={plan.of('strategy')} notes={notes} />
            <Section title={t('reasons.conclusion')}><ConclusionForm planNo={planNo} conclusion={plan.of('conclusion').at(0)} /></Section>
          </Stack>
        );
      }}
    </Loaded>
  );
}
