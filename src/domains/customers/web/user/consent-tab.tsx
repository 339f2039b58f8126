import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, Collapse, EmptyState, Flex, Section, Stack, Tag, Timeline, useFormat, useMay } from '../../../../web/kit.ts';
import { CheckCircleOutlined, StopOutlined } from '../../../../web/icons.tsx';
import type { ConsentState, ShownProfile } from '../../contract.ts';
import { ConsentForm } from './consent-form.tsx';
import { useActorName } from './use-actor-name.ts';

/** What the person agreed to, by channel and purpose, with what proves it. */
export function ConsentTab({ profile }: { profile: ShownProfile }) {
  const { t } = useTranslation('customers');
  const mayRecord = useMay('customers.consent');
  const [isOpen, setOpen] = useState(false);
  const record = mayRecord && <Button type="primary" onClick={() => setOpen(true)}>{t('consent.record')}</Button>;
  return (
    <Section title={t('user.tab.consent')} extra={profile.consents.length > 0 && record}>
      {profile.consents.length === 0 ? (
        <EmptyState title={t('consent.none')} hint={t('consent.noneHint')} action={record} />
      ) : (
        <Collapse
          items={profile.consents.map((state) => ({
            key: `${state.channel} ${state.purpose}`,
            label: <ConsentHead state={state} />,
            children: <ConsentHistory state={state} />,
          }))}
        />
      )}
      <ConsentForm customerNo={profile.customerNo} consents={profile.consents} open={isOpen} onClose={() => setOpen(false)} />
    </Section>
  );
}

function ConsentHead({ state: { channel, purpose, granted, at } }: { state: ConsentState }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return (
    <Flex wrap gap="small" align="center" justify="space-between">
      <span>{t('consent.about', { channel: t(`channel.${channel}`), purpose: t(`purpose.${purpose}`) })}</span>
      <span>
        <Tag color={granted ? 'success' : 'default'} icon={granted ? <CheckCircleOutlined /> : <StopOutlined />}>{t(granted ? 'consent.granted' : 'consent.withdrawn')}</Tag>
        {t('consent.since', { when: format.date(at) })}
      </span>
    </Flex>
  );
}

function ConsentHistory({ state: { history, stricterKept } }: { state: ConsentState }) {
  const { t } = useTranslation('customers');
  const actorName = useActorName();
  return (
    <Stack>
      {stricterKept && <Alert type="info" showIcon title={t('consent.stricter')} />}
      <Timeline
        items={history.map((statement) => {
          const evidence = Object.values(statement.evidence).map(String);
          return {
            key: statement.consentId,
            at: statement.at,
            icon: statement.granted ? <CheckCircleOutlined /> : <StopOutlined />,
            title: [t(statement.granted ? 'consent.granted' : 'consent.withdrawn'), statement.source].join(' · '),
            body: [...evidence, statement.textVersion, t('consent.by', { actor: actorName(statement.actor) })].filter(Boolean).join(' · '),
          };
        })}
      />
    </Stack>
  );
}
