import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, Drawer, EmptyState, Flex, Form, FormModal, languageNames, Link, Loaded, Section, Select, Stack, useEndpoint, useFormat, useMay, useSession } from '../../../../web/kit.ts';
import { HistoryOutlined, MailOutlined } from '../../../../web/icons.tsx';
import { listDirectorMails, type MailingWanted, sendDirector } from '../../contract.ts';
import { CopyTable } from '../reports/copy-table.tsx';
import { GoesToFields } from '../reports/goes-to-fields.tsx';
import { type GoesToDraft, goesToOf } from '../reports/goes-to.ts';
import { refreshOf } from '../reports/refresh-of.ts';
import { OccasionTag } from '../reports/occasion-tag.tsx';

const movingMs = 2_000;

/** Sends the page by mail, and shows who got it. */
export function DirectorMail({ planNo }: { planNo: number }) {
  const { t } = useTranslation('planning');
  const maySend = useMay('planning.approve');
  const { brand: { language } } = useSession();
  const [open, setOpen] = useState<'send' | 'sent' | null>(null);
  if (!maySend) return null;
  const close = (): void => setOpen(null);
  return (
    <>
      <Button icon={<MailOutlined />} onClick={() => setOpen('send')}>{t('director.send')}</Button>
      <Button icon={<HistoryOutlined />} onClick={() => setOpen('sent')}>{t('director.mails')}</Button>
      <FormModal<typeof sendDirector, GoesToDraft & { locale: MailingWanted['locale'] }>
        open={open === 'send'} endpoint={sendDirector} title={t('director.sendTitle')} submitLabel={t('director.send')} initial={{ locale: language }} invalidates={[listDirectorMails]} done={t('director.sent')}
        request={({ locale, ...draft }) => ({ params: { planNo }, body: { locale, ...goesToOf(draft) } })} onDone={() => setOpen('sent')} onCancel={close}
      >
        <Form.Item><Alert type="info" showIcon title={t('director.sendHint')} /></Form.Item>
        {open === 'send' && <GoesToFields planNo={planNo} isNeeded />}
        <Form.Item required name="locale" label={t('reports.language')}><Select options={Object.entries(languageNames).map(([value, label]) => ({ value, label }))} /></Form.Item>
      </FormModal>
      <Drawer open={open === 'sent'} onClose={close} title={t('director.mails')} size={560} destroyOnHidden><Sent planNo={planNo} /></Drawer>
    </>
  );
}

function Sent({ planNo }: { planNo: number }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const found = useEndpoint(listDirectorMails, { params: { planNo } }, { refreshMs: (read) => (read?.mails.some(({ state }) => state === 'making') ? movingMs : refreshOf(read?.mails.flatMap(({ copies }) => copies) ?? [])) });
  const schedule = <Link to={`/plan/reports?plan=${planNo}&tab=auto`}>{t('director.schedule')}</Link>;
  return (
    <Loaded from={found}>
      {({ mails }) => (mails.length === 0 ? <EmptyState icon={<MailOutlined />} title={t('director.noMails')} hint={t('director.scheduleNone')} action={schedule} /> : (
        <Stack>
          <Flex>{schedule}</Flex>
          {mails.map((mail) => (
            <Section key={mail.occasionNo} title={<>{format.dateTime(mail.dueAt)} · {mail.isByItself ? t('reports.itself') : mail.askedBy}</>} extra={mail.state !== 'made' && <OccasionTag occasion={mail} />}>{mail.copies.length > 0 && <CopyTable copies={mail.copies} />}</Section>
          ))}
        </Stack>
      ))}
    </Loaded>
  );
}
