import { useTranslation } from 'react-i18next';
import { type Column, Flex, Link, useFormat, useMay } from '../../../../web/kit.ts';
import type { ShownList } from '../../contract.ts';
import { ListActions } from './list-actions.tsx';

/** The columns of the uploaded lists. */
export function useListColumns(): Column<ShownList>[] {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const mayEdit = useMay('audiences.edit');
  const title = (key: string): string => t(`web.lists.${key}`);
  return [
    { key: 'name', title: title('name'), render: (row) => row.name },
    { key: 'size', title: title('size'), numeric: true, render: (row) => format.number(row.size) },
    { key: 'lines', title: title('lines'), numeric: true, render: (row) => format.number(row.lines) },
    { key: 'unknown', title: title('unknown'), numeric: true, render: (row) => format.number(row.unknown) },
    { key: 'duplicates', title: title('duplicates'), numeric: true, optional: true, render: (row) => format.number(row.duplicates) },
    {
      key: 'usedBy',
      title: title('usedBy'),
      render: (row) => (row.usedBy.length === 0
        ? t('web.lists.unused')
        : <Flex vertical>{row.usedBy.map(({ audienceId, name }) => <Link key={audienceId} to={`/users/audiences/${audienceId}`}>{name}</Link>)}</Flex>),
    },
    { key: 'createdAt', title: title('createdAt'), render: (row) => format.dateTime(row.createdAt) },
    { key: 'createdBy', title: title('createdBy'), render: (row) => row.createdBy },
    ...(mayEdit ? [{ key: 'actions', title: title('actions'), render: (row: ShownList) => <ListActions list={row} /> }] : []),
  ];
}
