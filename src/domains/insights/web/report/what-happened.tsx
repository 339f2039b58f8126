import { useTranslation } from 'react-i18next';
import { WarningOutlined } from '../../../../web/icons.tsx';
import { ComputedAt, Loaded, Remark, Section, Stack, Typography, useEndpoint } from '../../../../web/kit.ts';
import { readAnalysis } from '../../contract.ts';

/** A period in words: what moved, what explains it, which days were unusual. */
export function WhatHappened({ query }: { query: { from: string; to: string } & Record<string, unknown> }) {
  const { t } = useTranslation('insights');
  const analysis = useEndpoint(readAnalysis, { query });
  return (
    <Section title={t('analysis.title')}>
      <Loaded from={analysis}>
        {({ sentences, computedAt }) => (
          <Stack>
            {sentences.map(({ text, kind }) => (
              <Typography.Text key={text} strong={kind === 'moved'}>
                {kind === 'outside' && <WarningOutlined aria-hidden />} {text}
              </Typography.Text>
            ))}
            <Remark>{t('analysis.method')}</Remark>
            <ComputedAt at={computedAt} />
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}
