import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Drawer, Flex, Form, FormModal, Input, Loaded, PersonList, Stack, Typography, useEndpoint, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { TeamOutlined } from '../../../../web/icons.tsx';
import { type HeldRow, keepHeldBack, listHeldBack } from '../../contract.ts';

/** The people behind a number of the ledger, and the way to keep them. */
export function HeldPeople({ row: { runNo, reason, program }, days, onClose }: { row: HeldRow; days: number; onClose: () => void }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const navigate = useNavigateTo();
  const mayKeep = useMay('audiences.edit');
  const [pages, setPages] = useState<string[]>([]);
  const [isNaming, setNaming] = useState(false);
  const after = pages.at(-1);
  const held = useEndpoint(listHeldBack, { query: { days, runNo, reason, ...(after === undefined ? {} : { after }) } });
  const title = `${t(`reason.${reason}`)} · ${program.name ?? t(`ledger.program.${program.kind}`, { no: program.no })}`;
  return (
    <Drawer open title={title} onClose={onClose} extra={mayKeep && <Button type="primary" icon={<TeamOutlined />} onClick={() => setNaming(true)}>{t('ledger.keep')}</Button>}>
      <Loaded from={held}>
        {({ people, next }) => (
          <Stack>
            {people.length === 0 && <Typography.Text>{t('ledger.noneNow')}</Typography.Text>}
            <PersonList people={people.map(({ customerNo, name, decidedAt, nextAt }) => ({
              key: customerNo, name: name ?? t('suppressions.customer', { customerNo }), to: `/users/${customerNo}?tab=decisions`, detail: format.dateTime(decidedAt),
              figure: '', note: nextAt === null ? '' : t('ledger.nextAt', { at: format.dateTime(nextAt) }),
            }))} />
            <Flex gap="small" justify="end">
              {pages.length > 0 && <Button onClick={() => setPages(pages.slice(0, -1))}>{t('ledger.before')}</Button>}
              {next !== null && <Button onClick={() => setPages([...pages, next])}>{t('ledger.more')}</Button>}
            </Flex>
          </Stack>
        )}
      </Loaded>
      <FormModal<typeof keepHeldBack, { name: string }>
        open={isNaming} title={t('ledger.keep')} submitLabel={t('ledger.keep')} initial={{ name: title.slice(0, 80) }} endpoint={keepHeldBack} request={({ name }) => ({ body: { name, days, runNo, reason } })}
        onDone={({ audienceId }) => navigate(`/users/audiences/${audienceId}`)} onCancel={() => setNaming(false)}
      >
        <Form.Item name="name" label={t('ledger.audienceName')} rules={[{ required: true, whitespace: true }]}><Input maxLength={80} /></Form.Item>
      </FormModal>
    </Drawer>
  );
}
