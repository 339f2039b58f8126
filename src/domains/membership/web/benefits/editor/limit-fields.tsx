import { useTranslation } from 'react-i18next';
import { Flex, Form, InlineControls, InlineWord, InputNumber, Select, Switch } from '../../../../../web/kit.ts';
import { type BenefitDefinition, benefitPeriods, giftKinds } from '../../../contract.ts';
import { MomentItem } from './promise-fields.tsx';

/** What it costs, how long a gift is good, how often it may be used, and from when until when there is any of it. */
export function LimitFields({ draft, onChange }: { draft: BenefitDefinition; onChange: (part: Partial<BenefitDefinition>) => void }) {
  const { t } = useTranslation('membership');
  const word = (key: string): string => t(`benefits.field.${key}`);
  const { perMember } = draft.limits;
  const isGift = giftKinds.some((kind) => kind === draft.promise.kind);
  return (
    <Form layout="vertical" component="div" requiredMark="optional">
      <Flex gap="middle" wrap>
        <Form.Item required style={{ flex: '1 1 180px' }} label={word('cost')} extra={word('costHint')}>
          <InputNumber<string> stringMode aria-label={word('cost')} min="0" precision={2} value={draft.cost} onChange={(cost) => onChange({ cost: cost ?? '0' })} />
        </Form.Item>
        {'gifts' in draft.promise && (
          <Form.Item style={{ flex: '1 1 180px' }} label={word('validDays')} extra={word('validDaysHint')}>
            <InputNumber aria-label={word('validDays')} min={1} max={3_650} precision={0} suffix={word('days')} value={draft.validDays} onChange={(validDays) => onChange({ validDays })} />
          </Form.Item>
        )}
        <Form.Item style={{ flex: '1 1 180px' }} label={word('inAll')} extra={word('inAllHint')}>
          <InputNumber aria-label={word('inAll')} min={1} max={1_000_000_000} precision={0} value={draft.limits.inAll} onChange={(inAll) => onChange({ limits: { ...draft.limits, inAll } })} />
        </Form.Item>
      </Flex>
      {!isGift && (
        <Form.Item label={word('perMember')}>
          <InlineControls>
            <Switch aria-label={word('perMember')} checked={perMember !== null} onChange={(isOn) => onChange({ limits: { ...draft.limits, perMember: isOn ? { times: 1, period: 'month' } : null } })} />
            {perMember === null ? <InlineWord>{t('benefits.unlimited')}</InlineWord> : (
              <>
                <Select aria-label={word('period')} popupMatchSelectWidth={false} value={perMember.period} options={benefitPeriods.map((value) => ({ value, label: word(`period_${value}`) }))} onChange={(period) => onChange({ limits: { ...draft.limits, perMember: { ...perMember, period } } })} />
                <InputNumber aria-label={word('times')} min={1} max={10_000} precision={0} suffix={word('timesUnit')} value={perMember.times} onChange={(times) => onChange({ limits: { ...draft.limits, perMember: { ...perMember, times: times ?? 1 } } })} />
              </>
            )}
          </InlineControls>
        </Form.Item>
      )}
      <Flex gap="middle" wrap>
        <MomentItem required label={word('startsAt')} hint={isGift ? word('startsAtHint') : undefined} value={draft.startsAt} onChange={(startsAt) => onChange({ startsAt: startsAt ?? draft.startsAt })} />
        <MomentItem label={word('endsAt')} hint={word('endsAtHint')} value={draft.endsAt} onChange={(endsAt) => onChange({ endsAt })} />
      </Flex>
      {draft.limits.inAll === null && (Number(draft.cost) > 0 || ('gifts' in draft.promise && draft.promise.gifts.some(({ giver }) => giver === 'points'))) && (
        <Form.Item label={word('planned')} extra={word('plannedHint')}>
          <InputNumber<string> stringMode aria-label={word('planned')} min="0" precision={2} value={draft.planned ?? null} onChange={(planned) => onChange({ planned: planned ?? undefined })} />
        </Form.Item>
      )}
    </Form>
  );
}
