import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, ConfirmDanger, CopyOnce, DataTable, EmptyState, Modal, PageHeader, type RowOf, Space, Tag, Tooltip, Typography, useAction, useFormat } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { listTokens, revokeToken, tokenStatuses } from '../../tokens/contract.ts';
import { permissionLabel } from '../permission-label.ts';
import { TokenForm } from './token-form.tsx';

type TokenRow = RowOf<typeof listTokens>;
const statusColours = { active: 'success', expired: 'default', revoked: 'error' } as const;

export default function TokensPage() {
  const { t } = useTranslation('access');
  const { t: tAll } = useTranslation();
  const format = useFormat();
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [doomed, setDoomed] = useState<TokenRow | null>(null);
  const revoke = useAction(revokeToken, { invalidates: [listTokens], onSuccess: () => setDoomed(null), done: t('tokens.revoked') });
  const add = <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('tokens.add')}</Button>;
  const columns: Column<TokenRow>[] = [
    { key: 'name', title: t('tokens.name'), sortable: true, render: (row) => row.name },
    { key: 'prefix', title: t('tokens.prefix'), render: (row) => <Typography.Text code>{`${row.prefix}…`}</Typography.Text> },
    {
      key: 'scopes',
      title: t('tokens.scopes'),
      render: (row) => (
        <Tooltip title={row.scopes.map((scope) => permissionLabel(scope, tAll)).join(t('tokens.comma'))}>
          <Tag>{t('tokens.scopeCount', { count: row.scopes.length })}</Tag>
        </Tooltip>
      ),
    },
    { key: 'owner', title: t('tokens.owner'), render: (row) => row.owner ?? t('tokens.commandLine') },
    { key: 'status', title: t('tokens.status'), render: (row) => <Tag color={statusColours[row.status]}>{t(`tokenStatus.${row.status}`)}</Tag> },
    { key: 'lastUsedAt', title: t('tokens.lastUsed'), sortable: true, render: (row) => (row.lastUsedAt ? format.relative(row.lastUsedAt) : t('tokens.never')) },
    { key: 'expiresAt', title: t('tokens.expires'), sortable: true, render: (row) => (row.expiresAt ? format.date(row.expiresAt) : t('tokens.noExpiry')) },
    { key: 'createdAt', title: t('tokens.created'), sortable: true, optional: true, render: (row) => format.dateTime(row.createdAt) },
    { key: 'actions', title: t('tokens.actions'), render: (row) => row.status === 'active' && <Button type="link" danger onClick={() => setDoomed(row)}>{t('tokens.revoke')}</Button> },
  ];
  return (
    <>
      <PageHeader title={t('tokens.title')} subtitle={<Space>{t('tokens.subtitle')}<a href="/openapi.json">openapi.json</a></Space>} actions={add} />
      <DataTable
        endpoint={listTokens}
        columns={columns}
        rowKey={(row) => row.tokenId}
        searchPlaceholder={t('tokens.search')}
        filters={[{ key: 'status', label: t('tokens.status'), options: tokenStatuses.map((value) => ({ value, label: t(`tokenStatus.${value}`) })) }]}
        empty={<EmptyState title={t('tokens.empty')} hint={t('tokens.emptyHint')} action={add} />}
      />
      <TokenForm open={isMaking} onClose={() => setMaking(false)} onMade={setSecret} />
      <Modal open={secret !== null} title={t('tokens.made')} mask={{ closable: false }} onCancel={() => setSecret(null)} footer={<Button type="primary" onClick={() => setSecret(null)}>{t('tokens.kept')}</Button>}>
        {secret && <CopyOnce secret={secret} />}
      </Modal>
      <ConfirmDanger
        open={doomed !== null}
        title={t('tokens.revokeTitle', { name: doomed?.name ?? '' })}
        touches={[t('tokens.revokeTouches')]}
        confirmLabel={t('tokens.revoke')}
        busy={revoke.isPending}
        onConfirm={() => doomed && revoke.mutate({ params: { tokenId: doomed.tokenId } })}
        onCancel={() => setDoomed(null)}
      />
    </>
  );
}
