import { useTranslation } from 'react-i18next';
import { currentLocale, DescriptionList, ErrorState, InlineControls, PageSkeleton, Section, Select, Stack, Switch, useFormat } from '../../../../../web/kit.ts';
import { type ExampleMember, type ExampleOrder, nameIn, type ProgrammeDefinition } from '../../../contract.ts';
import { FindingList } from '../finding-list.tsx';
import { ChangeList, SentenceGroups } from '../sentence-groups.tsx';
import styles from '../programme.module.css';
import { CountInput, MoneyInput } from './inputs.tsx';
import type { useLivePreview } from './use-live-preview.ts';

interface EffectProps {
  definition: ProgrammeDefinition;
  preview: ReturnType<typeof useLivePreview>;
  order: ExampleOrder;
  onOrder: (order: ExampleOrder) => void;
  member: ExampleMember;
  onMember: (member: ExampleMember) => void;
}

/** What the settings do, live: what is wrong, what members read, an order and a member to try them on. */
export function EffectPanel({ definition, preview, order, onOrder, member, onMember }: EffectProps) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const { data, error } = preview;
  if (!data) return error ? <Section>{error.name === 'ApiProblem' ? t('design.notComplete') : <ErrorState error={error as never} onRetry={() => void preview.refetch()} />}</Section> : <PageSkeleton />;
  return (
    <Stack>
      {error && <Section>{t('design.notComplete')}</Section>}
      {data.findings.length > 0 && <Section title={t('design.findings')}><FindingList findings={data.findings} /></Section>}
      <Section title={t('design.tryOrder')}>
        <Stack>
          <div className={styles.try}><InlineControls>
            <MoneyInput label={t('design.try.amount')} value={order.amount ?? '300'} onChange={(amount) => onOrder({ ...order, amount: amount || '0' })} />
            <Select aria-label={t('design.try.tier')} popupMatchSelectWidth={false} value={order.tier ?? ''} options={[{ value: '', label: t('design.try.nobody') }, ...definition.tiers.map(({ key, names }) => ({ value: key, label: nameIn(names, currentLocale()) || key }))]} onChange={(tier: string) => onOrder({ ...order, tier: tier || null })} />
            <label><Switch size="small" checked={order.isBirthday ?? false} onChange={(isBirthday) => onOrder({ ...order, isBirthday })} /> {t('design.try.birthday')}</label>
          </InlineControls></div>
          <div>
            <div className={styles.figures}>
              <span className={styles.figure}>{format.number(data.order.points)}<span className={styles.unit}>{t('design.unit.points')}</span></span>
              <span className={styles.figure}>{format.number(data.order.growth)}<span className={styles.unit}>{t('design.unit.growth')}</span></span>
            </div>
            <ul className={styles.steps}>{data.order.steps.map((step) => <li key={step}>{step}</li>)}</ul>
          </div>
          <DescriptionList columns={2} items={[{ label: t('design.try.spendable'), value: format.date(data.order.spendableOn) }, { label: t('design.try.lastDay'), value: data.order.lastDay ? format.date(data.order.lastDay) : t('design.try.never') }]} />
        </Stack>
      </Section>
      <Section title={t('design.tryMember')}>
        <Stack>
          <div className={styles.try}><InlineControls>
            <span>{t('design.try.monthly')}</span>
            <MoneyInput label={t('design.try.monthly')} value={member.monthly ?? '300'} onChange={(monthly) => onMember({ ...member, monthly: monthly || '0' })} />
            <CountInput label={t('design.try.months')} min={1} max={36} unit={t('design.unit.months')} value={member.months ?? 18} onChange={(months) => onMember({ ...member, months: months ?? 1 })} />
          </InlineControls></div>
          <ol className={styles.way}>{data.way.map(({ on, kind, text }) => <li key={`${on} ${kind}`}><time dateTime={on}>{format.date(on)}</time><span>{text}</span></li>)}</ol>
        </Stack>
      </Section>
      <Section title={t('design.membersRead')}><SentenceGroups isNarrow sentences={data.sentences.filter(({ isPublic }) => isPublic)} /></Section>
      {data.changes && <Section title={t('design.againstCurrent')}><ChangeList changes={data.changes} /></Section>}
    </Stack>
  );
}
