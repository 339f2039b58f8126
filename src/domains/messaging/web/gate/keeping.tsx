import { useTranslation } from 'react-i18next';
import { InlineControls, InlineWord, InputNumber, Section, Stack, Typography } from '../../../../web/kit.ts';
import { type GateRules, leastKeptMonths } from '../../contract.ts';

interface KeepingProps {
  rules: GateRules;
  disabled: boolean;
  onChange: (part: Partial<GateRules>) => void;
}

/** For how long it is known who was decided about how. */
export function Keeping({ rules, disabled, onChange }: KeepingProps) {
  const { t } = useTranslation('messaging');
  return (
    <Section title={t('gate.keeping.title')}>
      <Stack>
        <InlineControls>
          <InlineWord>{t('gate.keeping.for')}</InlineWord>
          <InputNumber min={leastKeptMonths} max={120} precision={0} value={rules.keptMonths} disabled={disabled} aria-label={t('gate.keeping.label')} onChange={(value) => onChange({ keptMonths: value ?? leastKeptMonths })} />
          <InlineWord>{t('gate.keeping.months')}</InlineWord>
        </InlineControls>
        <Typography.Text type="secondary">{t('gate.keeping.hint', { least: leastKeptMonths })}</Typography.Text>
      </Stack>
    </Section>
  );
}
