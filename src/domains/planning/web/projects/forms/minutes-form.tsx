import { useTranslation } from 'react-i18next';
import { Button, Flex, Form, Input } from '../../../../../web/kit.ts';
import { CloseOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import type { MeetingItem } from '../known-items.ts';
import { ItemForm } from './item-form.tsx';

interface MinutesValues {
  minutes: string;
  decisions: string[];
}

/** What was said and decided; whoever writes it says that the meeting was held. */
export function MinutesForm({ planNo, item, open, onClose }: { planNo: number; item: Pick<MeetingItem, 'itemNo' | 'version' | 'body'>; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('planning');
  return (
    <ItemForm<'meeting', MinutesValues>
      planNo={planNo} kind="meeting" item={item} parentNo={null} open={open} onClose={onClose} title={t('meetings.writeMinutes')}
      initial={{ minutes: item.body.minutes, decisions: item.body.decisions.length > 0 ? item.body.decisions : [''] }}
      bodyOf={({ minutes, decisions }) => ({ minutes: minutes ?? '', decisions: (decisions ?? []).map((each) => (each ?? '').trim()).filter((each) => each !== ''), state: 'held' })}
    >
      <Form.Item name="minutes" label={t('meetings.minutes')}><Input.TextArea maxLength={20_000} autoSize={{ minRows: 6, maxRows: 20 }} autoFocus /></Form.Item>
      <Form.Item label={t('meetings.decisions')} extra={t('meetings.decisionsHint')}>
        <Form.List name="decisions">
          {(fields, { add, remove }) => (
            <Flex vertical gap={8}>
              {fields.map(({ key, name }) => (
                <Flex key={key} gap={4}>
                  <Form.Item name={name} noStyle><Input maxLength={1_000} aria-label={t('meetings.decision', { n: name + 1 })} /></Form.Item>
                  <Button type="text" icon={<CloseOutlined />} aria-label={t('meetings.removeDecision', { n: name + 1 })} onClick={() => remove(name)} />
                </Flex>
              ))}
              {fields.length < 50 && <Button icon={<PlusOutlined />} onClick={() => add('')}>{t('meetings.addDecision')}</Button>}
            </Flex>
          )}
        </Form.List>
      </Form.Item>
    </ItemForm>
  );
}
