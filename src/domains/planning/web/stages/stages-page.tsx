import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, Columns, ComputedAt, EmptyState, Loaded, Section, Sentence, Stack, useEndpoint, useMay } from '../../../../web/kit.ts';
import { PlusOutlined, ScheduleOutlined } from '../../../../web/icons.tsx';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { type Criterion, type Plan, readStages, type StageFactName, stageFactNames, stageFacts, type StageKey } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { sorted, useItemActions, useItems } from '../frame/use-items.tsx';
import { CriterionForm } from './criterion-form.tsx';
import { StageCard } from './stage-card.tsx';
import { StageForm } from './stage-form.tsx';
import { StageLine } from './stage-line.tsx';
import { equalSpans } from './stage-spans.ts';
import styles from './stages.module.css';

type Read = EndpointReply<typeof readStages>;
type OpenForm = { of: 'stage'; stage: StageKey } | { of: 'criterion'; stageNo: number; stage: StageKey; criterion: Criterion | null };
const kinds = ['stage', 'criterion', 'duty', 'position'] as const;
/** A figure that was not there at the first look is at a later one. */
const lookAgainMs = 30_000;

/** The stages a department grows through, and the one it is really in. */
export default function StagesPage() {
  const { t } = useTranslation('planning');
  return <PlanPage title={t('stages.title')} subtitle={t('stages.subtitle')}>{(plan) => <Stages key={plan.planNo} plan={plan} />}</PlanPage>;
}

function Stages({ plan }: { plan: Plan }) {
  const { planNo } = plan;
  const [form, setForm] = useState<OpenForm | null>(null);
  const actions = useItemActions(planNo);
  const progress = useEndpoint(readStages, { params: { planNo } }, { refreshMs: lookAgainMs });
  const items = useItems(planNo, kinds);
  return (
    <Loaded from={progress}>
      {(read) => (
        <Loaded from={items}>
          {(found) => {
            const all = sorted<(typeof kinds)[number]>(found);
            const close = (): void => setForm(null);
            const own = all.of('criterion');
            const moveUp = (itemNo: number, among: readonly number[]): void => void actions.move(itemNo, { parentNo: own.find((item) => item.itemNo === itemNo)?.parentNo ?? null, afterNo: among[among.indexOf(itemNo) - 2] ?? null }).catch(() => undefined);
            const ownOf = form?.of === 'criterion' ? (own.find(({ itemNo }) => itemNo === form.criterion?.itemNo) ?? null) : null;
            return (
              <Stack>
                <WhereWeAre read={read} />
                {read.stages.some(({ itemNo }) => itemNo !== null)
                  ? <StageLine planNo={planNo} today={read.today} stages={read.stages} items={all.of('stage')} onOpen={({ stage }) => setForm({ of: 'stage', stage })} />
                  : <NoDates plan={plan} />}
                <Columns>
                  {read.stages.map((each) => (
                    <StageCard
                      key={each.stage} planNo={planNo} progress={each} isReached={read.reached === each.stage} isPlanned={read.planned.includes(each.stage)}
                      duties={all.of('duty').filter(({ body }) => body.stage === each.stage)} positions={all.of('position')} onEdit={() => setForm({ of: 'stage', stage: each.stage })}
                      onEditCriterion={(criterion) => each.itemNo !== null && setForm({ of: 'criterion', stageNo: each.itemNo, stage: each.stage, criterion })} onRemoveCriterion={(itemNo) => void actions.remove(itemNo).catch(() => undefined)}
                      onCriterionUp={(itemNo) => moveUp(itemNo, own.filter(({ parentNo, body }) => parentNo === each.itemNo && body.fact === null).map((criterion) => criterion.itemNo))}
                    />
                  ))}
                </Columns>
                {form?.of === 'stage' && <StageForm planNo={planNo} stage={form.stage} item={all.of('stage').find(({ body }) => body.stage === form.stage) ?? null} span={equalSpans(plan).find(({ stage }) => stage === form.stage)!} onClose={close} />}
                {form?.of === 'criterion' && <CriterionForm planNo={planNo} stageNo={form.stageNo} item={ownOf} fact={form.criterion?.fact ?? null} facts={freeFacts(form.stage, own.filter((each) => each !== ownOf).map(({ body }) => body.fact))} onClose={close} />}
              </Stack>
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

/** What of a stage the product tells, and nothing of the team's stands for. */
const freeFacts = (stage: StageKey, taken: readonly (StageFactName | null)[]): StageFactName[] => stageFactNames.filter((name) => stageFacts[name].stage === stage && !taken.includes(name));

/** The stage the team is really in, beside what the calendar says. */
function WhereWeAre({ read: { stages, reached, planned, warnings, computedAt } }: { read: Read }) {
  const { t } = useTranslation('planning');
  const nameOf = (stage: StageKey | null): string => (stage === null ? '' : t(`positions.stages.${stage}`));
  const here = stages.find(({ stage }) => stage === reached);
  return (
    <Section>
      <Stack>
        <div>
          <Sentence>{here ? t('stages.reached', { stage: nameOf(here.stage), met: here.met, total: here.total }) : t('stages.allPassed')}</Sentence>
          <p className={styles.quiet}>{planned.length === 0 ? t('stages.plannedNone') : t('stages.planned', { stages: planned.map(nameOf).join(t('stages.and')) })}</p>
        </div>
        {warnings.map(({ kind, stage, other }) => <Alert key={`${kind}-${stage}-${other}`} type="warning" showIcon title={t(`stages.warnings.${kind}`, { stage: nameOf(stage), other: nameOf(other) })} />)}
        <ComputedAt at={computedAt} />
      </Stack>
    </Section>
  );
}

function NoDates({ plan }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(plan.planNo);
  const addFour = async (): Promise<void> => {
    let afterNo: number | null = null;
    for (const span of equalSpans(plan)) afterNo = (await actions.add('stage', { ...span, aim: t(`stages.aims.${span.stage}`) }, { parentNo: null, afterNo })).itemNo;
  };
  return <EmptyState icon={<ScheduleOutlined />} title={t('stages.none')} hint={t('stages.noneHint')} action={mayEdit && <Button type="primary" icon={<PlusOutlined />} loading={actions.isBusy} onClick={() => void addFour().catch(() => undefined)}>{t('stages.addFour')}</Button>} />;
}
