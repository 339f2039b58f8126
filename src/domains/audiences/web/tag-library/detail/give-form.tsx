import { useTranslation } from 'react-i18next';
import { Form, FormModal, Input } from '../../../../../web/kit.ts';
import { listLibraryTags, listTagPeople, readLibraryTag, readTagHistory, type TagDetail, tagPeople } from '../../../contract.ts';

const numbersIn = (text: string): number[] => [...new Set([...text.matchAll(/\d+/g)].map(([digits]) => Number(digits)))];
const most = 10_000;
const largest = 2_147_483_647;
const isGood = (text: string | undefined): boolean => {
  const numbers = numbersIn(text ?? '');
  return numbers.length > 0 && numbers.length <= most && numbers.every((no) => no >= 1 && no <= largest);
};

/** Gives the tag to many by their numbers, or takes it from them. */
export function GiveForm({ tag, change, onClose }: { tag: TagDetail; change: 'give' | 'take' | null; onClose: () => void }) {
  const { t } = useTranslation('audiences');
  const way = change ?? 'give';
  return (
    <FormModal<typeof tagPeople, { numbers: string }>
      open={change !== null}
      title={t(`tags.${way}Title`, { name: tag.name })}
      submitLabel={t(`tags.${way}`)}
      endpoint={tagPeople}
      request={({ numbers }) => ({ params: { tagId: tag.tagId }, body: { change: way, customerNos: numbersIn(numbers) } })}
      invalidates={[readLibraryTag, listTagPeople, readTagHistory, listLibraryTags]}
      done={t('tags.peopleChanged')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item
        name="numbers"
        label={t('tags.numbers')}
        extra={t('tags.numbersHint')}
        rules={[{ validator: (_, value: string | undefined) => (isGood(value) ? Promise.resolve() : Promise.reject(new Error(t('tags.numbersNeeded')))) }]}
      >
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} />
      </Form.Item>
    </FormModal>
  );
}
