import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { daySchema } from '../../../../kernel/day.ts';
import { type Column, DataTable, DatePicker, EmptyState, type RowOf, todayIn, useFormat, useMay, useSearchState, useSession } from '../../../../web/kit.ts';
import { listMembers, type ShownAudience } from '../../contract.ts';

type Row = RowOf<typeof listMembers>;

const dayState = z.object({ on: daySchema.optional() });

/** Who is in it now, or was at the end of a past day. */
export function MembersTab({ audience }: { audience: ShownAudience }) {
  const { t } = useTranslation('audiences');
  const [{ on }, change] = useSearchState(dayState);
  const { timeZone } = useSession().brand;
  const mayOpen = useMay('customers.read');
  const columns = useMemberColumns();
  return (
    <DataTable
      key={on ?? 'now'}
      endpoint={listMembers}
      params={{ audienceId: audience.audienceId }}
      query={{ on }}
      columns={columns}
      rowKey={(row) => row.customerNo}
      rowLink={mayOpen ? (row) => `/users/${row.customerNo}` : undefined}
      extra={
        <DatePicker
          aria-label={t('web.members.on')}
          placeholder={t('web.members.now')}
          value={on === undefined ? null : dayjs(on)}
          maxDate={dayjs(todayIn(timeZone))}
          minDate={dayjs(todayIn(timeZone, new Date(audience.createdAt)))}
          onChange={(day) => change({ on: day?.format('YYYY-MM-DD') })}
        />
      }
      empty={<EmptyState title={t(on === undefined ? 'web.members.empty' : 'web.members.emptyOn')} hint={t('web.members.emptyHint')} />}
    />
  );
}

export function useMemberColumns(): Column<Row>[] {
  const { t } = useTranslation(['audiences', 'customers']);
  const format = useFormat();
  const title = (key: string): string => t(`customers:people.column.${key}`);
  return [
    { key: 'name', title: title('name'), render: (row) => row.name ?? t('web.people.unnamed', { no: row.customerNo }) },
    { key: 'customerNo', title: title('customerNo'), numeric: true, optional: true, render: (row) => row.customerNo },
    { key: 'phone', title: title('phone'), render: (row) => row.phone },
    { key: 'province', title: title('province'), render: (row) => row.province },
    { key: 'channel', title: title('channel'), render: (row) => row.channel },
    { key: 'orders', title: title('orders'), numeric: true, render: (row) => format.number(row.orders) },
    { key: 'spent', title: title('spent'), numeric: true, render: (row) => format.money(row.spent) },
    { key: 'lastOrderAt', title: title('lastOrderAt'), render: (row) => format.date(row.lastOrderAt) },
  ];
}
