import { useTranslation } from 'react-i18next';
import { Alert, Button, ComputedAt, Space, Typography, useAction, useFormat } from '../../../../web/kit.ts';
import { SafetyOutlined } from '../../../../web/icons.tsx';
import { listAudit, verifyAuditChain } from '../../audit/contract.ts';

/** Says whether anyone has changed the log behind the program's back, when asked. */
export function ChainState() {
  const { t } = useTranslation('access');
  const format = useFormat();
  const verify = useAction(verifyAuditChain, { invalidates: [listAudit] });
  const state = verify.data;
  const again = <Button icon={<SafetyOutlined />} loading={verify.isPending} onClick={() => verify.mutate({})}>{t(state ? 'chain.again' : 'chain.check')}</Button>;
  if (!state) return <Alert type="info" showIcon title={t('chain.unknown')} description={<Space wrap>{t('chain.hint')}{again}</Space>} />;
  const holds = state.firstBadSeq === null;
  return (
    <Alert
      type={holds ? 'success' : 'error'}
      showIcon
      title={holds ? t('chain.holds', { count: state.rows, shown: format.number(state.rows) }) : t('chain.broken', { seq: format.number(state.firstBadSeq) })}
      description={
        <Space wrap>
          {t('chain.head')}
          <Typography.Text code copyable>{state.head}</Typography.Text>
          <ComputedAt at={state.computedAt} />
          {again}
        </Space>
      }
    />
  );
}
