import { useTranslation } from 'react-i18next';
import { CheckedList, DescriptionList, Link, Stack, Typography, useFormat, useSession } from '../../../../web/kit.ts';
import type { FrequencyCap, LedgerDecision } from '../../contract.ts';
import { useAnswerWords } from '../channels/use-answer-words.ts';

interface Known {
  cap?: FrequencyCap;
  winner?: LedgerDecision['program'] & { value: number };
  would?: string;
  plain?: boolean;
  said?: string;
  age?: string;
}

/** Where somebody can do something about a reason. */
const rulesPage = '/programs/rules';
const settledAt: Partial<Record<LedgerDecision['reason'], (decision: LedgerDecision) => string | null>> = {
  no_consent: ({ customerNo }) => `/users/${customerNo}?tab=consent`,
  suppressed: () => `${rulesPage}?tab=suppressions`,
  excluded: () => rulesPage, universal_control: () => rulesPage, minor: () => rulesPage, open_complaint: () => rulesPage, platform_quota: () => rulesPage, quiet_hours: () => rulesPage, frequency_cap: () => rulesPage,
  outranked: ({ details }) => (details as Known | null)?.winner?.path ?? null,
  budget: ({ program }) => program.path, control: ({ program }) => program.path, cancelled: ({ program }) => program.path, paused: ({ program }) => program.path, template_refused: ({ program }) => program.path,
  channel_off: () => '/programs/channels',
};

/** The checks in their order, what the one that decided found, and what the provider answered. */
export function DecisionDetails({ decision }: { decision: LedgerDecision }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const { checks, delivery, arm, isControl, rulesNo, purpose, step, runOccasion, occasion } = decision;
  const sentence = useSentence(decision);
  const wordsOf = useAnswerWords();
  const settled = decision.verdict === 'send' ? null : settledAt[decision.reason]?.(decision) ?? null;
  const hour = /^hour (\d+)$/.exec(step)?.[1];
  const when = [hour === undefined ? '' : t('ledger.atHour', { hour }), runOccasion === 'once' ? '' : runOccasion, occasion].filter(Boolean).join(' · ');
  return (
    <Stack>
      {(sentence || settled) && <Typography.Text strong>{sentence} {settled && <Link to={settled}>{t('ledger.settle')}</Link>}</Typography.Text>}
      <CheckedList
        trueLabel={t('ledger.check.passed')} falseLabel={t('ledger.check.held')}
        items={checks.map(({ check, held }) => ({ key: check, isTrue: !held, depth: 0, label: t(`ledger.check.${check}`, { defaultValue: t(`reason.${check}`) }), note: held ? t(`reason.${check}`) : '' }))}
      />
      <DescriptionList
        items={[
          { label: t('ledger.purpose'), value: t(`purpose.${purpose}`) },
          { label: t('ledger.arm'), value: arm === null ? '—' : isControl ? t('ledger.control') : t('ledger.version', { letter: arm.toUpperCase() }) },
          ...(when ? [{ label: t('ledger.step'), value: when }] : []),
          { label: t('ledger.rules'), value: rulesNo === null ? t('ledger.firstRules') : t('ledger.rulesNo', { no: rulesNo }) },
          { label: t('ledger.deliveryLabel'), value: delivery === null ? '—' : `${t(`ledger.delivery.${delivery.state}`)}${delivery.answer === null ? '' : ` · ${delivery.account ? wordsOf(delivery.account.provider, delivery.answer) : t('ledger.answer', { code: delivery.answer })}`}` },
          { label: t('ledger.handedAt'), value: [delivery?.account?.name, delivery?.handedAt && format.dateTime(delivery.handedAt)].filter(Boolean).join(' · ') || '—' },
        ]}
      />
    </Stack>
  );
}

/** What the reason alone does not tell. */
function useSentence({ details }: LedgerDecision): string | null {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const { currency } = useSession().brand;
  const { winner, cap, would, plain, said, age }: Known = details ?? {};
  if (winner) return t('ledger.detail.winner', { program: winner.name === null ? t(`ledger.program.${winner.kind}`, { no: winner.no }) : `「${winner.name}」`, value: format.money(winner.value, currency) });
  if (cap) return t('ledger.detail.cap', { window: t(`gate.window.${cap.per.unit}`, { count: cap.per.count }), channel: cap.channel === null ? t('gate.allChannels') : t(`channel.${cap.channel}`), most: cap.most });
  if (would) return t('ledger.detail.would', { reason: t(`reason.${would}`) });
  if (said) return t('ledger.detail.silent');
  if (age) return t('ledger.detail.unknownAge');
  return plain ? t('ledger.detail.plain') : null;
}
