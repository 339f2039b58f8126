import { useTranslation } from 'react-i18next';
import { Checkbox, InlineControls, InlineWord, Input, InputNumber, Section, Select, Stack, Switch, Typography, useEndpoint } from '../../../../web/kit.ts';
import { listAudiences } from '../../../audiences/contract.ts';
import type { GateRules } from '../../contract.ts';

interface PeopleRulesProps {
  rules: GateRules;
  /** Of 10,000, as it is set now. */
  controlNow: number;
  reason: string;
  onReason: (reason: string) => void;
  disabled: boolean;
  onChange: (part: Partial<GateRules>) => void;
}

const usualAge = 14;

/** Whom marketing never reaches: those who are held out to compare with, the young, members of some audiences, and who complains. */
export function PeopleRules({ rules, controlNow, reason, onReason, disabled, onChange }: PeopleRulesProps) {
  const { t } = useTranslation('messaging');
  const audiences = useEndpoint(listAudiences, { query: { pageSize: 200 } });
  return (
    <Section title={t('gate.people.title')}>
      <Stack>
        <InlineControls>
          <InlineWord>{t('gate.people.control')}</InlineWord>
          <InputNumber min={0} max={20} step={0.5} precision={2} suffix="%" value={rules.universalControl / 100} disabled={disabled} aria-label={t('gate.people.controlShare')} onChange={(value) => onChange({ universalControl: Math.round((value ?? 0) * 100) })} />
        </InlineControls>
        <Typography.Text type="secondary">{t('gate.people.controlHint')}</Typography.Text>
        {controlNow > 0 && rules.universalControl !== controlNow && (
          <>
            <Typography.Text type="warning">{t('gate.people.controlChange')}</Typography.Text>
            <Input maxLength={200} value={reason} disabled={disabled} aria-label={t('gate.people.controlReasonLabel')} placeholder={t('gate.people.controlReason')} onChange={(event) => onReason(event.target.value)} />
          </>
        )}
        <InlineControls>
          <Switch checked={rules.leastAge !== null} disabled={disabled} aria-label={t('gate.people.age')} onChange={(isOn) => onChange({ leastAge: isOn ? usualAge : null })} />
          <InlineWord>{t('gate.people.age')}</InlineWord>
          {rules.leastAge !== null && (
            <>
              <InputNumber min={1} max={120} precision={0} value={rules.leastAge} disabled={disabled} aria-label={t('gate.people.ageYears')} onChange={(value) => onChange({ leastAge: value ?? usualAge })} />
              <InlineWord>{t('gate.people.years')}</InlineWord>
              <Checkbox checked={!rules.reachesUnknownAge} disabled={disabled} onChange={(event) => onChange({ reachesUnknownAge: !event.target.checked })}>{t('gate.people.unknownToo')}</Checkbox>
            </>
          )}
        </InlineControls>
        <InlineControls>
          <Switch checked={rules.complaintsStop} disabled={disabled} aria-label={t('gate.people.complaints')} onChange={(complaintsStop) => onChange({ complaintsStop })} />
          <InlineWord>{t('gate.people.complaints')}</InlineWord>
        </InlineControls>
        <Select<number[]>
          mode="multiple" style={{ width: '100%' }} value={rules.excludedAudiences} disabled={disabled} aria-label={t('gate.people.excluded')} placeholder={t('gate.people.excluded')} optionFilterProp="label" maxCount={20}
          options={audiences.data?.rows.map(({ audienceId, name }) => ({ value: audienceId, label: name })) ?? []} onChange={(excludedAudiences) => onChange({ excludedAudiences })}
        />
      </Stack>
    </Section>
  );
}
