import { useTranslation } from 'react-i18next';
import { Alert, DescriptionList, Link, Section, Stack, StatGrid, StatTile, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { listTemplates } from '../../../messaging/contract.ts';
import type { Campaign } from '../../contract.ts';

/** What was set, and what it would come to as when it was checked. */
export function PlanTab({ campaign, checks }: { campaign: Campaign; checks: { level: 'error' | 'warning'; path: string; text: string }[] }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { definition, estimate, state, needsApproval, submittedBy, approvedBy } = campaign;
  const { bestHour, stopRule } = definition;
  const templates = useEndpoint(listTemplates, { query: { channel: definition.channel, show: 'active', pageSize: 200, sort: 'name' } }, { freshForMs: 60_000 });
  const named = (templateNo: number): string => templates.data?.rows.find((each) => each.templateNo === templateNo)?.name ?? `#${templateNo}`;
  const amount = (value: string | null): string => (value === null ? t('plans.noLimit') : format.money(value));
  return (
    <Stack>
      {state === 'submitted' && <Alert type="info" showIcon title={t('plans.waitsForSecond', { by: submittedBy ?? '' })} />}
      {state === 'checked' && needsApproval && <Alert type="info" showIcon title={t('plans.needsSecond', { people: format.number(estimate?.reached ?? 0) })} />}
      {(state === 'draft' || state === 'checked') && checks.map(({ level, path, text }) => <Alert key={path + text} type={level} showIcon title={text} />)}
      {estimate && (
        <StatGrid computedAt={estimate.computedAt}>
          <StatTile label={t('plans.effect.reach')} value={format.number(estimate.reached)} unit={t('plans.effect.people')} />
          <StatTile label={t('plans.effect.heldOut')} value={format.number(estimate.heldOut)} unit={t('plans.effect.people')} />
          <StatTile label={t('plans.effect.cost')} value={format.money(estimate.cost)} />
        </StatGrid>
      )}
      <Section>
        <DescriptionList columns={2} items={[
          { label: t('plans.arms'), value: definition.arms.map(({ key, name, templateNo, templateVersion, weight }) => <div key={key}>{name || t('plans.arm', { letter: key.toUpperCase() })} · <Link to={`/programs/templates/${templateNo}`}>{named(templateNo)}</Link> · {t('plans.templateVersion', { version: templateVersion })}{definition.arms.length > 1 && <> · {t('plans.weight')} {weight}</>}</div>) },
          { label: t('plans.holdoutShare'), value: definition.holdout.share > 0 ? format.percent(definition.holdout.share / 10_000) : definition.holdout.reason },
          { label: t('plans.stopRule'), value: stopRule ? `${t(`plans.judgements.${stopRule.by}`)} · ${format.percent(stopRule.level)} · ≥ ${format.number(stopRule.leastPeople)}` : '–' },
          { label: t('plans.bestHour'), value: bestHour ? `${t('plans.hour', { hour: bestHour.earliest })} – ${t('plans.hour', { hour: bestHour.latest })} · ${t('plans.fallback')} ${t('plans.hour', { hour: bestHour.fallback })}` : '–' },
          { label: t('plans.category'), value: definition.category || '–' },
          { label: t('plans.expectedValue'), value: format.money(definition.expectedValue) },
          { label: t('plans.costPerMessage'), value: Number(definition.costPerMessage) > 0 ? format.price(definition.costPerMessage) : t('plans.asAccount') },
          { label: t('plans.budget'), value: amount(definition.budget) },
          { label: t('plans.perMinute'), value: definition.perMinute === null ? t('plans.noLimit') : format.number(definition.perMinute) },
          { label: t('plans.measureDays'), value: `${format.number(definition.measureDays)} ${t('plans.days')}` },
          { label: t('plans.marginPercent'), value: definition.marginPercent === null ? '–' : format.percent(definition.marginPercent / 100) },
          { label: t('plans.note'), value: definition.note || '–' },
          { label: t('plans.approvedBy'), value: approvedBy ?? '–' },
        ]} />
      </Section>
    </Stack>
  );
}
