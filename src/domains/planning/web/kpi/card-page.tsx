import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, App, Button, call, ComputedAt, DescriptionList, Flex, Form, FormModal, Input, InputNumber, Loaded, PageHeader, Section, Stack, StatGrid, StatTile, Tag, todayIn, useAction, useEndpoint, useFormat, useMay, usePathParam, useSession } from '../../../../web/kit.ts';
import { type Card, type CardLine, freezeCard, listCards, markCard, proveCard, readCard } from '../../contract.ts';
import { DueRows } from './due-rows.tsx';
import { Appeals, Changes } from './card-history.tsx';
import styles from './kpi.module.css';
import { usePartText } from './use-part-text.ts';

/** One scorecard: each part with its target, what there is, what it stands on, its curve, score and weight. */
export default function CardPage() {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const cardNo = Number(usePathParam('cardNo'));
  const card = useEndpoint(readCard, { params: { cardNo } });
  return (
    <Stack>
      <PageHeader title={card.data ? t('kpi.cardOf', { name: card.data.person.name, period: format.period(card.data.period) }) : t('kpi.card')} breadcrumbs={[{ label: t('kpi.title'), to: '/plan/kpi' }]} actions={card.data && <Actions card={card.data} />} />
      <Loaded from={card}>{(found) => <Shown card={found} />}</Loaded>
    </Stack>
  );
}

function Actions({ card: { cardNo, state, until, isOwn, moved } }: { card: Card }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const isEarly = until >= todayIn(useSession().brand.timeZone);
  const { modal } = App.useApp();
  const mayPeople = useMay('planning.people');
  const text = usePartText();
  const freeze = useAction(freezeCard, { invalidates: [readCard, listCards], done: t('kpi.frozen') });
  const prove = async (): Promise<void> => {
    const { again, frozen, isSame } = await call(proveCard, { params: { cardNo } });
    modal[isSame ? 'success' : 'error']({ title: t(isSame ? 'kpi.same' : 'kpi.notSame'), content: t('kpi.provenBy', { again: text.score(again), frozen: text.score(frozen) }) });
  };
  if (state !== 'open') return <Button onClick={() => void prove()}>{t('kpi.prove')}</Button>;
  return mayPeople && !isOwn ? <Button type="primary" loading={freeze.isPending} onClick={() => void modal.confirm({ title: t('kpi.freezeAsk'), content: <>{isEarly && <p>{t('kpi.freezeEarly', { until: format.date(until) })}</p>}{moved > 0 && <p>{t('kpi.freezeMoved', { count: moved })}</p>}{t('kpi.freezeHint')}</>, okText: t('kpi.freeze'), onOk: () => freeze.mutate({ params: { cardNo }, body: {} }) })}>{t('kpi.freeze')}</Button> : null;
}

function Shown({ card }: { card: Card }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = usePartText();
  return (
    <Stack>
      <StatGrid>
        <StatTile label={t('kpi.total')} value={text.score(card.total)} definition={t('kpi.totalHint')} />
        <StatTile label={t('kpi.state')} value={t(`kpi.states.${card.state}`)} />
        <StatTile label={t('kpi.position')} value={card.position} />
        <StatTile label={t('kpi.days')} value={`${format.date(card.from)} – ${format.date(card.until)}`} />
      </StatGrid>
      <div className={styles.lines}>{card.lines.map((line) => <Line key={line.part.key} card={card} line={line} />)}</div>
      <Changes card={card} />
      <Appeals card={card} />
      <ComputedAt at={card.state === 'open' ? card.computedAt : (card.freezes[0]?.at ?? card.computedAt)} />
    </Stack>
  );
}

function Line({ card, line }: { card: Card; line: CardLine }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = usePartText();
  const mayPeople = useMay('planning.people');
  const [isMarking, setMarking] = useState(false);
  const { part, evidence, score, weight } = line;
  const mayMark = part.kind === 'subjective' && card.state === 'open' && (card.isOwn || mayPeople);
  return (
    <Section title={<>{part.name} <Tag>{t(`kpi.kinds.${part.kind}`)}</Tag></>} extra={mayMark && <Button size="small" type="primary" onClick={() => setMarking(true)}>{t(card.isOwn ? 'kpi.markOwn' : 'kpi.mark')}</Button>}>
      <div className={styles.line}>
        <DescriptionList columns={2} items={[{ label: t('kpi.measured'), value: text.what(part) }, { label: t('kpi.actual'), value: text.actual(line) }, { label: t('kpi.curve'), value: text.curve(part) }]} />
        <div className={styles.score}>
          <div className={styles.scoreValue}>{text.score(score)}</div>
          <div className={styles.small}>{t('kpi.weightOf', { weight: format.number(part.weight, 4) })}</div>
          {Number(part.weight) !== Number(weight) && <div className={styles.small}>{t('kpi.weightReally', { weight: format.number(weight, 2) })}</div>}
        </div>
        <div className={styles.wide}><Evidence card={card} evidence={evidence} /></div>
      </div>
      {isMarking && (
        <FormModal<typeof markCard, { score: string; reason: string }>
          open endpoint={markCard} title={part.name} submitLabel={t('projects.save')} invalidates={[readCard, listCards]} onCancel={() => setMarking(false)} onDone={() => setMarking(false)}
          request={(values) => ({ params: { cardNo: card.cardNo, key: part.key }, body: { score: String(values.score), reason: values.reason } })}
        >
          <Form.Item name="score" label={t('kpi.scoreOf100')} extra={part.kind === 'subjective' ? part.criteria : ''} rules={[{ required: true, message: t('projects.needed') }, { pattern: /^(\d{1,2}(\.\d{1,2})?|100(\.0{1,2})?)$/, message: t('kpi.scoreWrong') }]}><InputNumber<string> stringMode style={{ width: '100%' }} autoFocus /></Form.Item>
          <Form.Item name="reason" label={t('kpi.reason')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 3 }} /></Form.Item>
        </FormModal>
      )}
    </Section>
  );
}

/** What a score stands on, so that anybody can look it up. */
function Evidence({ card, evidence }: { card: Card; evidence: CardLine['evidence'] }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  if (evidence.kind === 'outcome') return <div className={styles.small}>{evidence.definition} · {format.date(evidence.from)} – {format.date(evidence.until)}{evidence.computedAt && ` · ${t('kpi.computed', { at: format.dateTime(evidence.computedAt) })}`}</div>;
  if (evidence.kind === 'process') {
    const rows = evidence.rows.slice(0, 10).map(({ ref, at }) => `${ref.startsWith('audit:') ? t('kpi.auditRow', { no: ref.slice(6) }) : t('kpi.planRow', { no: ref.slice(5) })} ${format.date(at)}`);
    return <div className={styles.small}>{rows.length === 0 ? t('kpi.noRows') : rows.join(' · ')}{evidence.count > rows.length && rows.length > 0 && ` · ${t('kpi.moreRows', { count: evidence.count - rows.length })}`}</div>;
  }
  if (evidence.kind === 'progress') return <DueRows card={card} rows={evidence.rows} asOf={evidence.asOf} />;
  const said = ([['superior', evidence.superior], ['self', evidence.self]] as const).flatMap(([who, mark]) => (mark ? [<div key={who}>{t(`kpi.saidBy.${who}`, { ...mark, score: format.number(mark.score) })}</div>] : []));
  return <div className={styles.small}>{said}{evidence.shift && <Flex>{t('kpi.shifted', { points: evidence.shift.points, reason: evidence.shift.reason, by: evidence.shift.by })}</Flex>}{said.length === 0 && <Alert type="info" title={t('kpi.notSaid')} />}</div>;
}
