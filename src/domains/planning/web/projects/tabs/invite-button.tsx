import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Tooltip, useAction, useEndpoint } from '../../../../../web/kit.ts';
import { MailOutlined } from '../../../../../web/icons.tsx';
import { readInvitations, sendInvitations } from '../../../contract.ts';

/** Invites to a meeting, or tells those invited what changed since. */
export function InviteButton({ planNo, itemNo, version }: { planNo: number; itemNo: number; version: number }) {
  const { t } = useTranslation('planning');
  const { data, refetch } = useEndpoint(readInvitations, { params: { planNo, itemNo } });
  useEffect(() => void refetch(), [version, refetch]);
  const send = useAction(sendInvitations, { invalidates: [readInvitations], done: t('meetings.invited') });
  if (!data) return null;
  const button = <Button size="small" icon={<MailOutlined />} type={data.state === 'changed' ? 'primary' : 'default'} disabled={data.state === 'told'} loading={send.isPending} onClick={() => send.mutate({ params: { planNo, itemNo } })}>{t(`meetings.inviteOf.${data.state}`)}</Button>;
  return data.unreachable.length === 0 ? button : <Tooltip title={t('meetings.unreachable', { names: data.unreachable.join(t('document.comma')) })}>{button}</Tooltip>;
}
