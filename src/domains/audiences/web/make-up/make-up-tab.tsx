import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, Button, Columns, ComputedAt, download, EmptyState, Flex, Loaded, Stack, Typography, useEndpoint, useMay } from '../../../../web/kit.ts';
import { DownloadOutlined } from '../../../../web/icons.tsx';
import { exportMakeUp, readMakeUp, readRfm, type ShownAudience } from '../../contract.ts';
import { AgainstSelect } from './against-select.tsx';
import { RfmSection } from './rfm-section.tsx';
import { TellingChart } from './telling-chart.tsx';
import { TraitSection } from './trait-section.tsx';

/** What its people are like, against all customers or another audience: what is most telling, RFM, and every trait. */
export function MakeUpTab({ audience }: { audience: ShownAudience }) {
  const { t } = useTranslation('audiences');
  const mayExport = useMay('audiences.export');
  const [against, setAgainst] = useState<number | null>(null);
  const { audienceId } = audience;
  const body = { rule: { kind: 'audience' as const, audienceId }, ...(against === null ? {} : { against: { kind: 'audience' as const, audienceId: against } }) };
  const makeUp = useEndpoint(readMakeUp, { body });
  const rfm = useEndpoint(readRfm, { body });
  if (audience.size === 0) return <EmptyState title={t('makeUp.empty')} hint={t('makeUp.emptyHint')} />;
  const take = (): void => download(addressOf(exportMakeUp, { params: { audienceId }, query: against === null ? {} : { against } }));
  return (
    <Stack>
      <Flex gap="small" align="center" wrap>
        <AgainstSelect not={audienceId} against={against} onChange={setAgainst} />
        {mayExport && <Button icon={<DownloadOutlined />} onClick={take}>{t('makeUp.file')}</Button>}
        <Typography.Text type="secondary">{t('makeUp.explained')}</Typography.Text>
        {makeUp.data && <ComputedAt at={makeUp.data.computedAt} />}
      </Flex>
      <Loaded from={makeUp}>
        {(found) => (
          <Stack>
            <TellingChart makeUp={found} />
            {rfm.data && <RfmSection rfm={rfm.data} />}
            <Columns>
              {found.traits.filter((trait) => trait.values.some((value) => value.inBase > 0)).map((trait) => <TraitSection key={trait.trait} trait={trait} size={found.size} base={found.base} />)}
            </Columns>
          </Stack>
        )}
      </Loaded>
    </Stack>
  );
}
