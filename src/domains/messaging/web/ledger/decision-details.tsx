import { useTranslation } from 'react-i18next';
import { CheckedList, DescriptionList, Stack, Typography, useFormat } from '../../../../web/kit.ts';
import type { FrequencyCap, LedgerDecision } from '../../contract.ts';

interface Known {
  cap?: FrequencyCap;
  winner?: { kind: LedgerDecision['program']['kind']; no: number; value: number };
  would?: string;
  plain?: boolean;
  said?: string;
  age?: string;
}

/** The checks in their order, what the one that decided found, and what the provider answered. */
export function DecisionDetails({ decision }: { decision: LedgerDecision }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const { checks, delivery, arm, isControl, rulesNo, purpose, step, runOccasion, occasion } = decision;
  const sentence = useSentence(decision);
  return (
    <Stack>
      {sentence && <Typography.Text strong>{sentence}</Typography.Text>}
      <CheckedList
        trueLabel={t('ledger.check.passed')} falseLabel={t('ledger.check.held')}
        items={checks.map(({ check, held }) => ({ key: check, isTrue: !held, depth: 0, label: t(`ledger.check.${check}`, { defaultValue: t(`reason.${check}`) }), note: held ? t(`reason.${check}`) : '' }))}
      />
      <DescriptionList
        items={[
          { label: t('ledger.purpose'), value: t(`purpose.${purpose}`) },
          { label: t('ledger.arm'), value: arm === null ? '—' : isControl ? t('ledger.controlArm', { arm }) : arm },
          { label: t('ledger.step'), value: [step, runOccasion, occasion].filter(Boolean).join(' · ') || '—' },
          { label: t('ledger.rules'), value: rulesNo === null ? t('ledger.firstRules') : t('ledger.rulesNo', { no: rulesNo }) },
          { label: t('ledger.deliveryLabel'), value: delivery === null ? '—' : `${t(`ledger.delivery.${delivery.state}`)}${delivery.answer === null ? '' : ` · ${t('ledger.answer', { code: delivery.answer })}`}` },
          { label: t('ledger.handedAt'), value: delivery?.handedAt ? format.dateTime(delivery.handedAt) : '—' },
        ]}
      />
    </Stack>
  );
}

/** What the reason alone does not tell. */
function useSentence({ details }: LedgerDecision): string | null {
  const { t } = useTranslation('messaging');
  const { winner, cap, would, plain, said, age }: Known = details ?? {};
  if (winner) return t('ledger.detail.winner', { program: t(`ledger.program.${winner.kind}`, { no: winner.no }), value: winner.value });
  if (cap) return t('ledger.detail.cap', { window: t(`gate.window.${cap.per.unit}`, { count: cap.per.count }), channel: cap.channel === null ? t('gate.allChannels') : t(`channel.${cap.channel}`), most: cap.most });
  if (would) return t('ledger.detail.would', { reason: t(`reason.${would}`) });
  if (said) return t('ledger.detail.silent');
  if (age) return t('ledger.detail.unknownAge');
  return plain ? t('ledger.detail.plain') : null;
}
