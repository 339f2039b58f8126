import { useTranslation } from 'react-i18next';
import { Collapse, EmptyState, Loaded, Section, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { HistoryOutlined } from '../../../../web/icons.tsx';
import { type GateRules, listGateRules } from '../../contract.ts';
import { useRuleSentences } from './rule-sentences.ts';

/** Who set which rules when; decisions name the version they were made by. */
export function HistoryTab() {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const history = useEndpoint(listGateRules);
  return (
    <Loaded from={history}>
      {({ versions }) => (versions.length === 0 ? <EmptyState icon={<HistoryOutlined />} title={t('gate.history.empty')} hint={t('gate.history.emptyHint')} /> : (
        <Section>
          <Collapse ghost items={versions.map(({ rulesNo, rules, at, by }) => ({ key: String(rulesNo), label: t('gate.setBy', { by, at: at && format.dateTime(at), no: rulesNo }), children: <Sentences rules={rules} /> }))} />
        </Section>
      ))}
    </Loaded>
  );
}

function Sentences({ rules }: { rules: GateRules }) {
  return <ul>{useRuleSentences(rules).map(({ key, sentence }) => <li key={key}>{sentence}</li>)}</ul>;
}
