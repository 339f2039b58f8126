import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, Masked, Section, Table, type TableProps, useAction, useFormat, useMay } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { readCustomer, readTimeline, removeIdentifier, type ShownProfile } from '../../contract.ts';
import { IdentifierForm } from './identifier-form.tsx';
import { useRevelation } from './use-revelation.ts';

type Identifier = ShownProfile['identifiers'][number];

/** What the person is known by. */
export function IdentifiersTab({ profile: { customerNo, identifiers } }: { profile: ShownProfile }) {
  const { t } = useTranslation('customers');
  const mayEdit = useMay('customers.edit');
  const [isAdding, setAdding] = useState(false);
  const [doomed, setDoomed] = useState<Identifier | null>(null);
  const remove = useAction(removeIdentifier, { invalidates: [readCustomer, readTimeline], onSuccess: () => setDoomed(null), done: t('identifiers.removed') });
  const columns = useColumns(customerNo, mayEdit ? setDoomed : undefined);
  return (
    <Section title={t('user.tab.identifiers')} extra={mayEdit && <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('identifiers.add')}</Button>}>
      <Table<Identifier> rowKey="id" size="small" columns={columns} dataSource={identifiers} pagination={false} scroll={{ x: 'max-content' }} />
      <IdentifierForm customerNo={customerNo} open={isAdding} onClose={() => setAdding(false)} />
      <ConfirmDanger
        open={doomed !== null}
        title={t('identifiers.removeTitle')}
        touches={doomed ? [`${t(`kind.${doomed.kind}`)} ${doomed.masked}`, t('identifiers.removeTouch')] : []}
        confirmLabel={t('identifiers.remove')}
        busy={remove.isPending}
        onConfirm={() => doomed && remove.mutate({ params: { customerNo, identifierId: doomed.id } })}
        onCancel={() => setDoomed(null)}
      />
    </Section>
  );
}

function useColumns(customerNo: number, onRemove: ((identifier: Identifier) => void) | undefined): TableProps<Identifier>['columns'] {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const reveal = useRevelation(customerNo);
  const onReveal = ({ id, masked, isPersonal }: Identifier) =>
    isPersonal && reveal ? async () => (await reveal()).identifiers.find((one) => one.id === id)?.value ?? masked : undefined;
  return [
    { key: 'kind', title: t('identifiers.kind'), render: (_, row) => t(`kind.${row.kind}`) },
    { key: 'value', title: t('identifiers.value'), render: (_, row) => <Masked value={row.masked} onReveal={onReveal(row)} /> },
    { key: 'namespace', title: t('identifiers.namespace'), render: (_, row) => row.namespace || t('identifiers.everywhere') },
    { key: 'addedAt', title: t('identifiers.addedAt'), render: (_, row) => format.dateTime(row.addedAt) },
    { key: 'cameWith', render: (_, row) => row.cameWith !== null && t('identifiers.cameWith', { no: row.cameWith }) },
    { key: 'remove', render: (_, row) => onRemove && <Button type="link" danger onClick={() => onRemove(row)}>{t('identifiers.remove')}</Button> },
  ];
}
