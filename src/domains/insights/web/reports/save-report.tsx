import { useTranslation } from 'react-i18next';
import { Form, FormModal, Input, Select, useNavigateTo } from '../../../../web/kit.ts';
import { type AnswerView, createReport, listReports, type Question, type Sharing, sharings } from '../../contract.ts';

interface SaveReportProps {
  /** What to save; null while it is closed. */
  saving: { question: Question; view: AnswerView } | null;
  name: string;
  onClose: () => void;
}

/** Keeps a question under a name. */
export function SaveReport({ saving, name, onClose }: SaveReportProps) {
  const { t } = useTranslation('insights');
  const navigate = useNavigateTo();
  return (
    <FormModal<typeof createReport, { name: string; sharing: Sharing }>
      open={saving !== null}
      endpoint={createReport}
      title={t('kept.saveReport')}
      submitLabel={t('kept.save')}
      initial={{ name, sharing: 'private' }}
      request={(values) => ({ body: { ...values, body: saving ?? { question: { metrics: ['sales'], period: { relative: 'last30' } } } } })}
      invalidates={[listReports]}
      done={t('kept.saved')}
      onDone={({ id }) => {
        onClose();
        navigate(`/insights/reports/${id}`);
      }}
      onCancel={onClose}
    >
      <NameAndSharing />
    </FormModal>
  );
}

/** What everything that is kept has. */
export function NameAndSharing() {
  const { t } = useTranslation('insights');
  return (
    <>
      <Form.Item name="name" label={t('kept.name')} rules={[{ required: true, whitespace: true, message: t('kept.nameNeeded') }]}>
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="sharing" label={t('kept.sharing')}>
        <Select options={sharings.map((sharing) => ({ value: sharing, label: t(`sharing.${sharing}`) }))} />
      </Form.Item>
    </>
  );
}
