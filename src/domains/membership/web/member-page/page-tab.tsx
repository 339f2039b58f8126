import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, CopyOnce, Flex, Section, Select, Stack, Typography, useAction, useFormat } from '../../../../web/kit.ts';
import { createPageLink, type MemberLink, revokePageLinks } from '../../contract.ts';

const hours = [1, 24, 168, 720] as const;

/** What a member sees of themselves: to look at it as they do, to send them a link, to end what was sent. */
export default function PageTab({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('membership');
  return (
    <Stack>
      <Section title={t('page.seeTitle')}>
        <Stack>
          <Typography.Text type="secondary">{t('page.seeHint')}</Typography.Text>
          <See customerNo={customerNo} />
        </Stack>
      </Section>
      <Section title={t('page.sendTitle')}>
        <Stack>
          <Typography.Text type="secondary">{t('page.sendHint')}</Typography.Text>
          <Send customerNo={customerNo} />
        </Stack>
      </Section>
      <Section title={t('page.endTitle')}>
        <Stack>
          <Typography.Text type="secondary">{t('page.endHint')}</Typography.Text>
          <End customerNo={customerNo} />
        </Stack>
      </Section>
    </Stack>
  );
}

function See({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('membership');
  const see = useAction(createPageLink, { onSuccess: ({ path }) => void window.open(path, '_blank', 'noopener') });
  return <Flex><Button loading={see.isPending} onClick={() => see.mutate({ params: { customerNo }, body: { mode: 'view', minutes: 15 } })}>{t('page.see')}</Button></Flex>;
}

function Send({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const [forHours, setHours] = useState<number>(24);
  const [link, setLink] = useState<MemberLink | null>(null);
  const make = useAction(createPageLink, { onSuccess: setLink });
  return (
    <Stack>
      <Flex gap="small" wrap>
        <Select aria-label={t('page.goodFor')} value={forHours} onChange={setHours} style={{ minWidth: 160 }} options={hours.map((value) => ({ value, label: t(`page.hours_${value}`) }))} />
        <Button loading={make.isPending} onClick={() => make.mutate({ params: { customerNo }, body: { mode: 'own', minutes: forHours * 60 } })}>{t('page.make')}</Button>
      </Flex>
      {link && <CopyOnce key={link.path} secret={`${window.location.origin}${link.path}`} hint={t('page.linkHint', { when: format.dateTime(link.expiresAt) })} />}
    </Stack>
  );
}

function End({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('membership');
  const [isAsked, setAsked] = useState(false);
  const end = useAction(revokePageLinks, { done: t('page.ended'), onSuccess: () => setAsked(false) });
  return (
    <Flex>
      <Button danger onClick={() => setAsked(true)}>{t('page.end')}</Button>
      <ConfirmDanger open={isAsked} title={t('page.endTitle')} touches={[t('page.endTouches')]} confirmLabel={t('page.end')} busy={end.isPending} onConfirm={() => end.mutate({ params: { customerNo } })} onCancel={() => setAsked(false)} />
    </Flex>
  );
}
