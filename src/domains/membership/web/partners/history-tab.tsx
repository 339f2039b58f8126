import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { App, Button, call, Form, Input, Loaded, Section, sentenceOf, Stack, Timeline, useEndpoint, useFormAction, useFormat } from '../../../../web/kit.ts';
import { listPartnerHistory, notePartner, type PartnerEvent } from '../../contract.ts';

/** Notes and changes, the newest first, and a place for the next note. */
export function HistoryTab({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation('membership');
  const { t: tWeb } = useTranslation('web');
  const { notification } = App.useApp();
  const history = useEndpoint(listPartnerHistory, { params: { partnerId } });
  const [older, setOlder] = useState<{ events: PartnerEvent[]; next: number | null }[]>([]);
  const more = (before: number): void => {
    call(listPartnerHistory, { params: { partnerId }, query: { before } })
      .then((page) => setOlder((pages) => [...pages, page]), (error: unknown) => notification.error({ title: tWeb('error.title'), description: sentenceOf(error, tWeb) }));
  };
  return (
    <Stack>
      <NoteForm partnerId={partnerId} />
      <Loaded from={history}>
        {(first) => {
          const { next } = older.at(-1) ?? first;
          return (
            <Section title={t('partners.tab.history')}>
              <Stack>
                <Events events={[first, ...older].flatMap(({ events }) => events)} />
                {next !== null && <Button block onClick={() => more(next)}>{t('points.more')}</Button>}
              </Stack>
            </Section>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function NoteForm({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation('membership');
  const { form, submit, busy, problem } = useFormAction<typeof notePartner, { text: string }>({
    endpoint: notePartner, request: ({ text }) => ({ params: { partnerId }, body: { text } }), invalidates: [listPartnerHistory], done: t('partners.noted'), onDone: () => form.resetFields(),
  });
  return (
    <Section title={t('partners.note')}>
      <Form form={form} layout="vertical" onFinish={submit} disabled={busy}>
        {problem}
        <Form.Item name="text" label={t('partners.noteLabel')} extra={t('partners.noteHint')} rules={[{ required: true, whitespace: true, message: t('partners.noteNeeded') }]}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 2, maxRows: 8 }} /></Form.Item>
        <Button htmlType="submit" loading={busy}>{t('partners.noteAdd')}</Button>
      </Form>
    </Section>
  );
}

function Events({ events }: { events: PartnerEvent[] }) {
  const { t } = useTranslation('membership');
  const bodyOf = useEventBody();
  return <Timeline items={events.map((event) => ({ key: event.eventNo, at: event.at, title: t('partners.eventBy', { what: t(`partners.event.${event.kind}`), by: event.by === 'system' ? t('partners.bySystem') : event.by }), body: bodyOf(event) }))} />;
}

/** What else is kept of an event, in words. */
function useEventBody(): (event: PartnerEvent) => string | undefined {
  const { t, i18n } = useTranslation('membership');
  const format = useFormat();
  return ({ kind, details }) => {
    const text = (key: string): string => (typeof details[key] === 'string' ? details[key] : '');
    if (kind === 'noted') return text('text');
    if (kind === 'moved') return t('partners.eventMoved', { from: t(`partners.stage.${text('from')}`), to: t(`partners.stage.${text('to')}`) });
    if (kind === 'changed' && text('nextStep')) return t('partners.eventNext', { text: text('nextStep'), day: format.date(text('nextStepOn')) });
    if (kind === 'difference_decided') return `${text('reference')} · ${t(`partners.difference.state.${text('to')}`)}`;
    const names = details.names as Record<string, string> | undefined;
    return text('title') || text('role') || (names && (names[i18n.language] ?? Object.values(names)[0])) || undefined;
  };
}
