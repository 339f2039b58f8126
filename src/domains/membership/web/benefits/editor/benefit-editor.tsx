import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../../kernel/endpoint.ts';
import { App, Button, currentLocale, EditorLayout, PageHeader, Remark, Section, Stack, useAction, useLeaveGuard, useNavigateTo } from '../../../../../web/kit.ts';
import { type BenefitDefinition, benefitDefinition, changeBenefit, createBenefit, listBenefits, nameIn, readBenefit, readBenefitMatrix } from '../../../contract.ts';
import { BenefitMatrix } from '../benefit-matrix.tsx';
import { useOverBudget } from '../use-over-budget.ts';
import { AboutFields } from './about-fields.tsx';
import type { EditedBenefit } from './draft.ts';
import { LimitFields } from './limit-fields.tsx';
import { PromiseFields } from './promise-fields.tsx';

const invalidates = [listBenefits, readBenefit, readBenefitMatrix];

/** What a benefit promises, to whom and how often; beside it the matrix of all, as it would be. */
export function BenefitEditor({ edited, matrix }: { edited: EditedBenefit; matrix: EndpointReply<typeof readBenefitMatrix> }) {
  const { t } = useTranslation('membership');
  const { message } = App.useApp();
  const navigate = useNavigateTo();
  const [draft, setDraft] = useState(edited.definition);
  const [isStrict, setStrict] = useState(false);
  const isSaved = useRef(false);
  const question = useLeaveGuard(() => !isSaved.current && JSON.stringify(draft) !== JSON.stringify(edited.definition));
  const change = (part: Partial<BenefitDefinition>): void => setDraft((before) => ({ ...before, ...part }));
  const { benefitId, version } = edited;
  const onDone = (to: number): void => {
    isSaved.current = true;
    navigate(`/members/benefits/${to}`);
  };
  const make = useAction(createBenefit, { invalidates, onSuccess: (reply) => onDone(reply.benefitId), done: t('benefits.saved') });
  const warn = useOverBudget();
  const keep = useAction(changeBenefit, { invalidates, onSuccess: (reply) => { warn(reply); onDone(benefitId ?? 0); }, done: t('benefits.saved') });
  const save = (): void => {
    const whole = benefitDefinition.safeParse(draft);
    setStrict(!whole.success);
    if (!whole.success) void message.warning(t('benefits.finishFirst'));
    else if (benefitId === null) make.mutate({ body: whole.data });
    else keep.mutate({ params: { benefitId }, body: { ...whole.data, version } });
  };
  const name = nameIn(draft.names, currentLocale()) || t(`benefits.kind.${draft.promise.kind}`);
  const shown = { benefitId: benefitId ?? 0, name, kind: draft.promise.kind, tiers: draft.tiers, state: 'planned' as const };
  const others = matrix.benefits.filter(({ benefitId: other, state }) => other !== benefitId && (state === 'running' || state === 'planned'));
  return (
    <>
      <EditorLayout
        header={
          <PageHeader
            title={benefitId === null ? t('benefits.newTitle') : t('benefits.editTitle', { name })}
            breadcrumbs={[{ label: t('benefits.title'), to: '/members/benefits' }]}
            actions={
              <>
                <Button onClick={() => navigate(benefitId === null ? '/members/benefits' : `/members/benefits/${benefitId}`)}>{t('benefits.cancel')}</Button>
                <Button type="primary" loading={make.isPending || keep.isPending} onClick={save}>{t('benefits.save')}</Button>
              </>
            }
          />
        }
        effect={
          <Section title={t('benefits.matrix.preview')}>
            <Stack>
              <BenefitMatrix tiers={matrix.tiers} benefits={[shown, ...others]} edited={shown.benefitId} />
              <Remark>{t(`benefits.hint.${draft.promise.kind}`)}</Remark>
            </Stack>
          </Section>
        }
        brief={null}
      >
        <Stack>
          <Section title={t('benefits.about')}><AboutFields draft={draft} tiers={matrix.tiers} isNew={benefitId === null} isStrict={isStrict} onChange={change} /></Section>
          <Section title={t('benefits.promise')}><PromiseFields promise={draft.promise} isStrict={isStrict} onChange={(promise) => change({ promise })} /></Section>
          <Section title={t('benefits.limits')}><LimitFields draft={draft} onChange={change} /></Section>
        </Stack>
      </EditorLayout>
      {question}
    </>
  );
}
