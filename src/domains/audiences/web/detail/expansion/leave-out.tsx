import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Section, Select, Stack, Typography, useAction } from '../../../../../web/kit.ts';
import { expandAudience, readExpansion, type ShownExpansion } from '../../../contract.ts';

/** Which features are not learnt from, and another search without them. Those that alone decide are proposed. */
export function LeaveOut({ expansion: { audienceId, leftOut, result } }: { expansion: ShownExpansion }) {
  const { t } = useTranslation('audiences');
  const [chosen, choose] = useState([...leftOut, ...(result?.tooTelling ?? [])].map(({ key }) => key));
  const again = useAction(expandAudience, { invalidates: [readExpansion] });
  const known = new Map([...(result?.features ?? []), ...(result?.tooTelling ?? []), ...leftOut].map(({ key, label }) => [key, label]));
  const ofRule = new Set(leftOut.filter(({ isOfRule }) => isOfRule).map(({ key }) => key));
  const options = [...known].map(([value, label]) => ({ value, label: ofRule.has(value) ? t('expansion.web.leftOutOfRule', { label }) : label }));
  return (
    <Section title={t('expansion.web.leftOut')}>
      <Stack>
        <Typography.Text type="secondary">{t('expansion.web.leftOutHint')}</Typography.Text>
        <Select mode="multiple" aria-label={t('expansion.web.leftOut')} placeholder={t('expansion.web.leaveOutPlaceholder')} optionFilterProp="label" style={{ width: '100%' }} value={chosen} options={options} onChange={choose} />
        <Flex justify="end">
          <Button loading={again.isPending} onClick={() => again.mutate({ params: { audienceId }, body: { leaveOut: chosen } })}>{t('expansion.web.again')}</Button>
        </Flex>
      </Stack>
    </Section>
  );
}
