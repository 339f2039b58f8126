import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, EditorLayout, Flex, Popconfirm, Typography, useAction, useEndpoint, useFormat, useLeaveGuard, useMay } from '../../../../web/kit.ts';
import { changeGateRules, type GateRules, gateRules, listGateRules, readGateRules, type ShownRules, tryGateRules } from '../../contract.ts';
import { CapRows } from './cap-rows.tsx';
import { Effect } from './effect.tsx';
import { Keeping } from './keeping.tsx';
import { PeopleRules } from './people-rules.tsx';
import { QuietRows } from './quiet-rows.tsx';
import { QuotaRows } from './quota-rows.tsx';

/** A pause in typing after which it is counted again. */
const restMs = 600;

/** What is set on the left; what it means, and whom it touches now, on the right. */
export function RulesEditor({ version }: { version: ShownRules }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const mayChange = useMay('messaging.rules');
  const [rules, setRules] = useState<GateRules>(version.rules);
  const [tried, setTried] = useState<GateRules>(version.rules);
  const isChanged = JSON.stringify(rules) !== JSON.stringify(version.rules);
  const [reason, setReason] = useState('');
  const controlNow = version.rules.universalControl;
  const asksReason = controlNow > 0 && rules.universalControl !== controlNow;
  const isValid = gateRules.safeParse(rules).success && (!asksReason || reason.trim() !== '');
  useLeaveGuard(() => isChanged);
  useEffect(() => {
    const timer = setTimeout(() => gateRules.safeParse(rules).success && setTried(rules), restMs);
    return () => clearTimeout(timer);
  }, [rules]);
  const touches = useEndpoint(tryGateRules, { body: { rules: tried } });
  const save = useAction(changeGateRules, { invalidates: [readGateRules, listGateRules], done: t('gate.saved') });
  const change = (part: Partial<GateRules>): void => setRules({ ...rules, ...part });
  const put = (): void => save.mutate({ body: { rules, basedOn: version.rulesNo, ...(asksReason && { controlReason: reason }) } });
  const shared = { disabled: !mayChange };
  return (
    <EditorLayout
      header={<Typography.Paragraph type="secondary">{version.at === null ? t('gate.first') : t('gate.setBy', { by: version.by, at: format.dateTime(version.at), no: version.rulesNo })}</Typography.Paragraph>}
      effect={<Effect rules={rules} touches={touches.data} isOld={touches.isFetching || tried !== rules} />}
      brief={<Typography.Text>{t('gate.brief', { caps: rules.caps.length, quiet: rules.quiet.length })}</Typography.Text>}
    >
      {!mayChange && <Alert type="info" showIcon title={t('gate.readOnly')} />}
      <CapRows caps={rules.caps} onChange={(caps) => change({ caps })} {...shared} />
      <QuietRows quiet={rules.quiet} onChange={(quiet) => change({ quiet })} {...shared} />
      <PeopleRules rules={rules} controlNow={controlNow} reason={reason} onReason={setReason} onChange={change} {...shared} />
      <QuotaRows quotas={rules.quotas} onChange={(quotas) => change({ quotas })} {...shared} />
      <Keeping rules={rules} onChange={change} {...shared} />
      {mayChange && (
        <Flex gap="small" wrap>
          <Popconfirm title={t('gate.keeping.shorter')} description={t('gate.keeping.shorterHint', { months: rules.keptMonths })} okText={t('gate.save')} disabled={rules.keptMonths >= version.rules.keptMonths} onConfirm={put}>
            <Button type="primary" disabled={!isChanged || !isValid} loading={save.isPending} onClick={() => rules.keptMonths >= version.rules.keptMonths && put()}>{t('gate.save')}</Button>
          </Popconfirm>
          <Button disabled={!isChanged} onClick={() => setRules(version.rules)}>{t('gate.discard')}</Button>
        </Flex>
      )}
    </EditorLayout>
  );
}
