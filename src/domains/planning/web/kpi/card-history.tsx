import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Form, FormDrawer, FormModal, Input, Section, Select, Table, Tag, useAction, useFormat, useMay } from '../../../../web/kit.ts';
import { answerAppeal, appealCard, type Card, type CardPart, changeCard, decideCardChange, listCards, readCard } from '../../contract.ts';
import { PartsItem } from './parts-input.tsx';
import { usePartText } from './use-part-text.ts';

/** Other targets that were asked for, and what a second person said. */
export function Changes({ card: { cardNo, changes, lines, state, version, isOwn: isOwnCard } }: { card: Card }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = usePartText();
  const [mayPeople, mayApprove] = [useMay('planning.people'), useMay('planning.approve')];
  // The version of what is shown when somebody begins: what another person changes meanwhile is not written over.
  const [changing, setChanging] = useState<{ version: number; parts: CardPart[] } | null>(null);
  const decide = useAction(decideCardChange, { invalidates: [readCard, listCards] });
  const buttons = (changeNo: number) => ([true, false] as const).map((isApproved) => <Button key={String(isApproved)} size="small" type={isApproved ? 'primary' : 'default'} onClick={() => decide.mutate({ params: { cardNo, changeNo }, body: { isApproved } })}>{t(isApproved ? 'kpi.approve' : 'kpi.refuse')}</Button>);
  const said = (part: CardPart): string => [part.name, text.what(part), t('kpi.weightOf', { weight: format.number(part.weight, 4) }), text.curve(part)].join(' · ');
  /** What would be another than it is: parts that are taken out, changed or put in. */
  const differences = (parts: readonly CardPart[]): { key: string; before?: CardPart; after?: CardPart }[] => {
    const now = new Map(lines.map(({ part }) => [part.key, part]));
    const then = new Map(parts.map((part) => [part.key, part]));
    return [...new Set([...now.keys(), ...then.keys()])].map((key) => ({ key, before: now.get(key), after: then.get(key) })).filter(({ before, after }) => !before || !after || said(before) !== said(after));
  };
  const mayChange = mayPeople && state === 'open' && !isOwnCard;
  if (changes.length === 0 && !mayChange) return null;
  return (
    <Section title={t('kpi.changes')} extra={mayChange && <Button size="small" onClick={() => setChanging({ version, parts: lines.map(({ part }) => part) })}>{t('kpi.change')}</Button>}>
      <Table
        rowKey="changeNo" size="small" pagination={false} dataSource={changes} scroll={{ x: 'max-content' }} locale={{ emptyText: t('kpi.noChanges') }}
        expandable={{ defaultExpandAllRows: true, expandedRowRender: ({ parts, decision }) => (decision === 'waiting' ? differences(parts).map(({ key, before, after }) => <div key={key}>{t('kpi.becomes', { before: before ? said(before) : t('kpi.noPart'), after: after ? said(after) : t('kpi.noPart') })}</div>) : parts.map((part) => <div key={part.key}>{said(part)}</div>)) }}
        columns={[
          { key: 'reason', title: t('kpi.reason'), render: (_, { reason }) => reason },
          { key: 'asked', title: t('kpi.askedBy'), render: (_, { askedBy, askedAt }) => `${askedBy} · ${format.dateTime(askedAt)}` },
          { key: 'decision', title: t('kpi.decision'), render: (_, { decision, decidedBy }) => <><Tag>{t(`kpi.decisions.${decision}`)}</Tag> {decidedBy}</> },
          { key: 'do', title: '', render: (_, { changeNo, decision, isOwn }) => decision === 'waiting' && mayApprove && (isOwn || isOwnCard ? t('kpi.otherApproves') : <Flex gap={4}>{buttons(changeNo)}</Flex>) },
        ]}
      />
      {changing && (
        <FormDrawer<typeof changeCard, { parts: CardPart[]; reason: string }>
          open endpoint={changeCard} title={t('kpi.change')} submitLabel={t('projects.save')} initial={{ parts: changing.parts, reason: '' }} invalidates={[readCard, listCards]} onCancel={() => setChanging(null)} onDone={() => setChanging(null)}
          request={({ parts, reason }) => ({ params: { cardNo }, body: { version: changing.version, parts, reason } })}
        >
          <PartsItem />
          <Form.Item name="reason" label={t('kpi.reason')} extra={t('kpi.changeHint')}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 2 }} /></Form.Item>
        </FormDrawer>
      )}
    </Section>
  );
}

/** Objections and their answers, and every score that was frozen. */
export function Appeals({ card: { cardNo, appeals, freezes, state, isOwn } }: { card: Card }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = usePartText();
  const mayPeople = useMay('planning.people');
  const [isAppealing, setAppealing] = useState(false);
  const [answering, setAnswering] = useState<number | null>(null);
  if (freezes.length === 0) return null;
  const needed = [{ required: true, whitespace: true, message: t('projects.needed') }];
  return (
    <>
      <Section title={t('kpi.appeals')} extra={isOwn && state === 'frozen' && <Button size="small" onClick={() => setAppealing(true)}>{t('kpi.appeal')}</Button>}>
        <Table
          rowKey="appealNo" size="small" pagination={false} dataSource={appeals} scroll={{ x: 'max-content' }} locale={{ emptyText: t('kpi.noAppeals') }}
          columns={[
            { key: 'text', title: t('kpi.appealText'), render: (_, { text: said }) => said },
            { key: 'by', title: t('kpi.askedBy'), render: (_, { by, at }) => `${by} · ${format.dateTime(at)}` },
            { key: 'outcome', title: t('kpi.decision'), render: (_, { outcome, answer, answeredBy }) => <><Tag>{t(`kpi.outcomes.${outcome}`)}</Tag> {[answer, answeredBy].filter(Boolean).join(' · ')}</> },
            { key: 'do', title: '', render: (_, { appealNo, outcome }) => outcome === 'waiting' && mayPeople && !isOwn && <Button size="small" onClick={() => setAnswering(appealNo)}>{t('kpi.answer')}</Button> },
          ]}
        />
      </Section>
      <Section title={t('kpi.freezes')}>
        <Table
          rowKey="freezeNo" size="small" pagination={false} dataSource={freezes} scroll={{ x: 'max-content' }}
          columns={[{ key: 'total', title: t('kpi.total'), align: 'end', render: (_, { total }) => text.score(total) }, { key: 'by', title: t('kpi.frozenBy'), render: (_, { by, at }) => `${by} · ${format.dateTime(at)}` }]}
        />
      </Section>
      {isAppealing && (
        <FormModal<typeof appealCard, { text: string }> open endpoint={appealCard} title={t('kpi.appeal')} submitLabel={t('kpi.appeal')} invalidates={[readCard, listCards]} onCancel={() => setAppealing(false)} onDone={() => setAppealing(false)} request={(body) => ({ params: { cardNo }, body })}>
          <Form.Item name="text" label={t('kpi.appealText')} rules={needed}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 3 }} autoFocus /></Form.Item>
        </FormModal>
      )}
      {answering !== null && (
        <FormModal<typeof answerAppeal, { outcome: 'kept' | 'reopened'; answer: string }> open endpoint={answerAppeal} title={t('kpi.answer')} submitLabel={t('kpi.answer')} initial={{ outcome: 'kept', answer: '' }} invalidates={[readCard, listCards]} onCancel={() => setAnswering(null)} onDone={() => setAnswering(null)} request={(body) => ({ params: { cardNo, appealNo: answering }, body })}>
          <Form.Item name="outcome" label={t('kpi.decision')} rules={[{ required: true }]}><Select options={(['kept', 'reopened'] as const).map((value) => ({ value, label: t(`kpi.outcomes.${value}`) }))} /></Form.Item>
          <Form.Item name="answer" label={t('kpi.reason')} rules={needed}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 3 }} /></Form.Item>
        </FormModal>
      )}
    </>
  );
}
