import { useTranslation } from 'react-i18next';
import { Tag } from '../../../../web/kit.ts';
import type { Verdict } from '../../contract.ts';

const colours: Record<Verdict, string> = { send: 'success', defer: 'warning', refuse: 'default', hold_out: 'processing' };

/** What was decided, by word and colour. */
export function VerdictTag({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation('messaging');
  return <Tag color={colours[verdict]}>{t(`verdict.${verdict}`)}</Tag>;
}
