import { useTranslation } from 'react-i18next';
import { Alert, ComputedAt, DescriptionList, LiveFigure, sentenceOf, Section, Skeleton, Stack, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type CampaignDefinition, type CampaignEstimate, estimateCampaign, previewCampaign } from '../../contract.ts';

interface Effect {
  definition: CampaignDefinition | null;
  campaignNo: number | undefined;
}
const nothing = {} as CampaignDefinition;

/** The numbers depend on whom it means, by what and at what price, and on nothing else of a campaign: a changed name asks for none. */
function useEstimate({ definition, campaignNo }: Effect) {
  const asked = definition && { ...definition, name: '-', note: '' };
  return useEndpoint(estimateCampaign, { body: { definition: asked ?? nothing, campaignNo } }, { enabled: asked !== null, freshForMs: 60_000 });
}

/** What it would do: whom it reaches and why not the others, what it costs, when it goes, what is wrong, in words. */
export function EffectPanel({ definition, isOld, campaignNo }: Effect & { isOld: boolean }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const preview = useEndpoint(previewCampaign, { body: { definition: definition ?? nothing } }, { enabled: definition !== null });
  const estimate = useEstimate({ definition, campaignNo });
  if (definition === null) return <Section title={t('plans.effect.title')}><Typography.Text type="secondary">{t('plans.effect.choose')}</Typography.Text></Section>;
  const failure = estimate.error ?? preview.error;
  return (
    <Stack>
      {failure && <Alert type="error" showIcon title={sentenceOf(failure, t)} />}
      <Section title={t('plans.effect.reach')}>
        {estimate.data ? <Reach estimate={estimate.data} isOld={isOld || estimate.isFetching} measureDays={definition.measureDays} /> : !estimate.error && <Skeleton active paragraph={{ rows: 4 }} />}
      </Section>
      {preview.data && (
        <Section title={t('plans.effect.checks')}>
          <Stack>
            <Typography.Paragraph style={{ margin: 0 }}>{preview.data.sentence}</Typography.Paragraph>
            {preview.data.checks.map(({ level, path, text }) => <Alert key={path + text} type={level} showIcon title={text} />)}
            {preview.data.checks.length === 0 && !estimate.data?.isOverBudget && <Typography.Text type="secondary">{t('plans.effect.allGood')}</Typography.Text>}
            {definition.schedule.when === 'recurring' && <DescriptionList columns={1} items={[{ label: t('plans.effect.occasions'), value: preview.data.occasions.map((at) => <div key={at}>{format.dateTime(at)}</div>) }]} />}
          </Stack>
        </Section>
      )}
    </Stack>
  );
}

function Reach({ estimate, isOld, measureDays }: { estimate: CampaignEstimate; isOld: boolean; measureDays: number }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { people, excluded, heldOut, at, stopped, reached, cost, isOverBudget, overlaps, arms, seen, computedAt } = estimate;
  const parts = ([['meant', people], ['excluded', excluded], ['heldOut', heldOut]] as const).map(([key, value]) => ({ label: t(`plans.effect.${key}`), value: format.number(value) }));
  const rowOf = ({ reason, people: size, isSampled }: CampaignEstimate['stopped'][number]) => ({ label: t(`messaging:reason.${reason}`), value: size === null ? t('plans.effect.notCounted') : isSampled ? t('plans.effect.about', { people: format.number(size) }) : format.number(size) });
  const [waiting, refused] = [stopped.filter(({ waits }) => waits), stopped.filter(({ waits }) => !waits)];
  return (
    <Stack>
      <LiveFigure value={format.number(reached)} unit={t('plans.effect.people')} isOld={isOld}>{t('plans.effect.cost')} {format.money(cost)}{isOverBudget && <Typography.Text type="danger"> · {t('plans.effect.overBudget')}</Typography.Text>}</LiveFigure>
      <DescriptionList columns={1} items={[...parts, ...refused.map(rowOf)]} />
      {waiting.length > 0 && (
        <div>
          <Typography.Text strong>{t('plans.effect.waiting')}</Typography.Text>
          <Typography.Paragraph type="secondary">{t('plans.effect.waitingText', { at: format.dateTime(at) })}</Typography.Paragraph>
          <DescriptionList columns={1} items={waiting.map(rowOf)} />
        </div>
      )}
      {arms.length > 2 && <DescriptionList columns={1} items={arms.map(({ key, people: size }) => ({ label: key === 'control' ? t('plans.effect.control') : t('plans.arm', { letter: key.toUpperCase() }), value: format.number(size) }))} />}
      <div>
        <Typography.Text strong>{t('plans.effect.power')}</Typography.Text>
        <Typography.Paragraph type="secondary" style={{ margin: 0 }}>
          {seen === null ? t('plans.effect.noPower') : seen.buyers === 0 ? t('plans.effect.noBuyers', { days: measureDays }) : t('plans.effect.powerText', {
            days: measureDays, buyers: format.percent(seen.buyers, 2), more: seen.buyersMore === null ? '–' : format.percent(seen.buyersMore / seen.buyers), revenue: seen.revenueMore === null ? '–' : format.money(seen.revenueMore),
          })}
        </Typography.Paragraph>
      </div>
      <div>
        <Typography.Text strong>{overlaps.length === 0 ? t('plans.effect.noOverlaps') : t('plans.effect.overlaps')}</Typography.Text>
        {overlaps.map(({ campaignNo, name, people: common }) => <div key={campaignNo}>{t('plans.effect.overlap', { name, people: format.number(common) })}</div>)}
      </div>
      <ComputedAt at={computedAt} />
    </Stack>
  );
}

/** The same in one line, for the foot of a phone. */
export function EffectBrief(effect: Effect) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { data, error } = useEstimate(effect);
  if (data) return `${format.number(data.reached)} ${t('plans.effect.people')} · ${format.money(data.cost)}`;
  return t(effect.definition === null || error ? 'plans.effect.choose' : 'plans.effect.counting');
}
