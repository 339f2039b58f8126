import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, Alert, Button, Form, FormModal, Input, Popconfirm, todayIn, useAction, useFormat, useMay, useSession } from '../../../../web/kit.ts';
import { endPause, pauseProgramme, readProgramme, type ShownPause } from '../../contract.ts';
import { DayField } from '../day-field.tsx';

/** That the programme stands still, or will, with a way to let it go on. */
export function PauseNotice({ pauses }: { pauses: readonly ShownPause[] }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const mayDesign = useMay('membership.design');
  const end = useAction(endPause, { invalidates: [readProgramme], done: t('design.pause.ended') });
  return pauses.filter(({ phase }) => phase !== 'over').map(({ pauseNo, from, until, reason, pausedBy, phase }) => (
    <Alert
      key={pauseNo}
      type="warning"
      showIcon
      title={t(`design.pause.${phase}_${until ? 'until' : 'open'}`, { from: format.dateTime(from), until: format.dateTime(until) })}
      description={t('design.pause.by', { who: pausedBy, reason })}
      action={mayDesign && (
        <Popconfirm title={t(`design.pause.end_${phase}`)} description={t(`design.pause.endHint_${phase}`)} onConfirm={() => end.mutate({ params: { pauseNo } })}>
          <Button size="small">{t(`design.pause.end_${phase}`)}</Button>
        </Popconfirm>
      )}
    />
  ));
}

interface Values {
  fromDay?: string;
  untilDay?: string;
  reason: string;
}

/** Stops the programme, now or from a day on. */
export function PauseButton() {
  const { t } = useTranslation('membership');
  const { brand } = useSession();
  const [isOpen, setOpen] = useState(false);
  const tomorrow = addDays(todayIn(brand.timeZone), 1);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('design.pause.pause')}</Button>
      <FormModal<typeof pauseProgramme, Values>
        open={isOpen}
        title={t('design.pause.title')}
        submitLabel={t('design.pause.pause')}
        endpoint={pauseProgramme}
        invalidates={[readProgramme]}
        done={t('design.pause.done')}
        request={({ fromDay, untilDay, reason }) => ({ body: { fromDay: fromDay || null, untilDay: untilDay || null, reason } })}
        onDone={() => setOpen(false)}
        onCancel={() => setOpen(false)}
      >
        <p>{t('design.pause.hint')}</p>
        <Form.Item name="fromDay" label={t('design.pause.from')} extra={t('design.pause.fromHint')}><DayField min={tomorrow} /></Form.Item>
        <Form.Item name="untilDay" label={t('design.pause.untilDay')} extra={t('design.pause.untilHint')}><DayField min={tomorrow} /></Form.Item>
        <Form.Item name="reason" label={t('design.pause.reason')} rules={[{ required: true, message: t('design.reasonNeeded') }]}><Input maxLength={500} /></Form.Item>
      </FormModal>
    </>
  );
}
