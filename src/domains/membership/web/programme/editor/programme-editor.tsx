import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, currentLocale, EditorLayout, Form, PageHeader, useAction, useEndpoint, useFormat, useLeaveGuard, useNavigateTo } from '../../../../../web/kit.ts';
import { listFacets } from '../../../../commerce/contract.ts';
import { changeDraft, type ExampleMember, type ExampleOrder, listVersions, nameIn, type ProgrammeDefinition, readProgramme, readVersion, type ShownVersion } from '../../../contract.ts';
import styles from '../programme.module.css';
import { PublishForm } from '../version-actions.tsx';
import { AutoRedeemFields } from './auto-redeem-field.tsx';
import { definitionOf } from './draft.ts';
import { EffectPanel } from './effect-panel.tsx';
import { JoiningFields } from './joining-fields.tsx';
import { MultiplierFields } from './multiplier-fields.tsx';
import { EarningFields, UseFields } from './points-fields.tsx';
import { CycleFields, GrowthFields, RemovedTierFields } from './rule-fields.tsx';
import { TierFields } from './tier-fields.tsx';
import { useLivePreview } from './use-live-preview.ts';

type Values = ProgrammeDefinition & { note: string };

/** What a version promises on the left; what that says and does on the right, live. */
export function ProgrammeEditor({ version }: { version: ShownVersion & { definition: ProgrammeDefinition } }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const navigate = useNavigateTo();
  const { versionNo, revision, note } = version;
  const [form] = Form.useForm<Values>();
  const begun: Values = { ...version.definition, note };
  const [{ note: noteNow, ...draft }, setDraft] = useState<Values>(begun);
  const [order, setOrder] = useState<ExampleOrder>({ amount: '300', tier: version.definition.tiers.at(1)?.key ?? null });
  const [member, setMember] = useState<ExampleMember>({ monthly: '300', months: 18 });
  const [isPublishing, setPublishing] = useState(false);
  const programme = useEndpoint(readProgramme);
  const facets = useEndpoint(listFacets);
  const preview = useLivePreview(form, draft, order, member);
  const isSaved = useRef(false);
  const definition = definitionOf(draft);
  const isChanged = JSON.stringify([definition, noteNow]) !== JSON.stringify([definitionOf(version.definition), note]);
  const question = useLeaveGuard(() => isChanged && !isSaved.current);
  const above = `/members/programme/${versionNo}`;
  const invalidates = [listVersions, readProgramme, readVersion];
  const save = useAction(changeDraft, { invalidates, done: t('design.saved') });
  const keep = (then: () => void): void => save.mutate({ params: { versionNo }, body: { definition, note: noteNow, revision } }, { onSuccess: () => { isSaved.current = true; then(); } });
  const current = programme.data?.definition;
  const gone = (current?.tiers ?? []).filter(({ key }) => draft.tiers.every((tier) => tier.key !== key)).map(({ key, names }) => ({ key, name: nameIn(names, currentLocale()), people: programme.data?.held?.[key] ?? 0 }));
  const channels = facets.data?.channels ?? [];
  const wrong = preview.data?.findings.filter(({ level }) => level === 'wrong').length ?? 0;
  const header = (
    <PageHeader
      title={t('design.editTitle', { no: versionNo })}
      breadcrumbs={[{ label: t('design.title'), to: '/members/programme' }, { label: t('design.versionNo', { no: versionNo }), to: above }]}
      actions={
        <>
          <Button onClick={() => navigate(above)}>{t('design.cancel')}</Button>
          {!isChanged && wrong === 0 && <Button onClick={() => setPublishing(true)}>{t('design.publish')}</Button>}
          <Button type="primary" loading={save.isPending} disabled={!isChanged} onClick={() => keep(() => undefined)}>{t('design.save')}</Button>
        </>
      }
    />
  );
  const brief = <><span>{wrong > 0 ? t('design.wrongCount', { count: wrong }) : t('design.fine')}</span><strong>{t('design.orderBrief', { money: format.money(order.amount), points: format.number(preview.data?.order.points) })}</strong></>;
  return (
    <>
      <Form<Values> className={styles.form} form={form} layout="vertical" requiredMark={false} initialValues={begun} onValuesChange={() => setDraft(structuredClone(form.getFieldsValue(true) as Values))}>
        <EditorLayout header={header} brief={brief} effect={<EffectPanel definition={draft} preview={preview} order={order} onOrder={setOrder} member={member} onMember={setMember} />}>
          <JoiningFields channels={channels} isFirst={current === null} />
          <TierFields definition={draft} canOwe={draft.points.takeBack === 'debt'} />
          <RemovedTierFields definition={draft} gone={gone} />
          <GrowthFields />
          <CycleFields definition={draft} />
          <EarningFields />
          <MultiplierFields definition={draft} channels={channels} />
          <UseFields />
          <AutoRedeemFields />
        </EditorLayout>
      </Form>
      <PublishForm version={version} isOpen={isPublishing} onDone={() => navigate(above)} onClose={() => setPublishing(false)} />
      {question}
    </>
  );
}
