import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form, Select, useEndpoint } from '../../../../web/kit.ts';
import { listReports, mostReportContents } from '../../contract.ts';

/** Saved reports that somebody may read, to be sent as well; those chosen stay in sight when they are gone. */
export function SavedReportsField() {
  const { t } = useTranslation('insights');
  const [q, setQ] = useState('');
  const found = useEndpoint(listReports, { query: { q, pageSize: 50, sort: 'name' } });
  return (
    <Form.Item name="reports" label={t('reporting.edit.reports')} extra={t('reporting.edit.reportsHint')}>
      <Select
        mode="multiple"
        labelInValue
        maxCount={mostReportContents - 1}
        loading={found.isFetching}
        showSearch={{ filterOption: false, onSearch: setQ }}
        placeholder={t('reporting.edit.chooseReports')}
        options={found.data?.rows.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  );
}
