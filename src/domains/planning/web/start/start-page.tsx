import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, EmptyState, Flex, Link, Loaded, PageHeader, Progress, Section, SegmentedControl, Stack, useEndpoint, useFormat, useMay, useSearchState } from '../../../../web/kit.ts';
import { type Check, type Element, elements, listPlans, type Plan, readProgress } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { BeginPlan } from './begin-plan.tsx';
import { ElementAnswers } from './element-answers.tsx';
import { PlanActions } from './plan-actions.tsx';
import styles from './start.module.css';

const where = z.object({ step: z.enum(elements).optional().catch(undefined), again: z.coerce.boolean().optional() });

/** The way through the six elements: the method on the left, the team's own answer on the right. */
export default function StartPage() {
  const { t } = useTranslation('planning');
  const [{ again }, go] = useSearchState(where);
  const plans = useEndpoint(listPlans);
  const mayEdit = useMay('planning.edit');
  const header = { title: t('start.title'), subtitle: t('start.subtitle') };
  if (again || plans.data?.plans.length === 0) return <Stack><PageHeader {...header} />{mayEdit ? <BeginPlan /> : <EmptyState title={t('frame.none')} />}</Stack>;
  const actions = (
    <>
      {mayEdit && <Button onClick={() => go({ again: true }, { push: true })}>{t('start.again')}</Button>}
      <Link to="/plan/document"><Button type="primary">{t('start.toDocument')}</Button></Link>
    </>
  );
  return <PlanPage {...header} actions={actions}>{(plan) => <Walk plan={plan} />}</PlanPage>;
}

function Walk({ plan }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const mayEdit = useMay('planning.edit');
  const format = useFormat();
  const [{ step = 'reasons' }, go] = useSearchState(where);
  const progress = useEndpoint(readProgress, { params: { planNo: plan.planNo } });
  const next = elements[elements.indexOf(step) + 1];
  return (
    <Loaded from={progress}>
      {({ share, elements: all }) => (
        <Stack>
          <Flex vertical gap={4}>
            <Flex justify="space-between" align="center" gap={8} wrap><span><strong>{plan.name}</strong> · {t('start.progress', { share: format.percent(share, 0) })}</span>{mayEdit && <Flex gap={8}><PlanActions plan={plan} /></Flex>}</Flex>
            <Progress percent={Math.round(share * 100)} showInfo={false} aria-label={t('start.progress', { share: format.percent(share, 0) })} />
          </Flex>
          <div style={{ overflowX: 'auto' }}>
            <SegmentedControl<Element> label={t('start.title')} value={step} onChange={(to) => go({ step: to }, { push: true })} options={all.map((each) => ({ value: each.element, label: `${t(`start.element.${each.element}`)} ${format.percent(each.share, 0)}` }))} />
          </div>
          <div className={styles.walk}>
            <aside className={styles.method}><Method element={step} checks={all.find((each) => each.element === step)?.checks ?? []} /></aside>
            <Stack>
              <ElementAnswers plan={plan} element={step} />
              {next && <Flex justify="end"><Button onClick={() => go({ step: next }, { push: true })}>{t('start.next')}</Button></Flex>}
            </Stack>
          </div>
        </Stack>
      )}
    </Loaded>
  );
}

/** What an element is for, what to ask oneself, an example, and what is missing still. */
function Method({ element, checks }: { element: Element; checks: readonly Check[] }) {
  const { t } = useTranslation('planning');
  const missing = checks.filter(({ done, wanted }) => done < wanted);
  return (
    <Section title={t('start.method')}>
      <h3>{t('start.forWhat')}</h3>
      <p>{t(`start.forWhatOf.${element}`)}</p>
      <h3>{t('start.questions')}</h3>
      <ul>{t(`start.questionsOf.${element}`).split('\n').map((question) => <li key={question}>{question}</li>)}</ul>
      <h3>{t('start.example')}</h3>
      <p>{t(`start.exampleOf.${element}`)}</p>
      <h3>{t('start.missing')}</h3>
      {missing.length === 0 ? <p>{t('start.enough')}</p> : <ul>{missing.map(({ key, done, wanted }) => <li key={key}>{t('start.check.has', { what: t(`start.check.${key}`), done, wanted })}</li>)}</ul>}
    </Section>
  );
}
