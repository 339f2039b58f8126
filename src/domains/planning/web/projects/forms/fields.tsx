import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { DatePicker, Select, useEndpoint } from '../../../../../web/kit.ts';
import { type Doer, listDoers, type Participant } from '../../../contract.ts';

/** A day of the calendar in a form. */
export function DayInput({ id, value, onChange, allowClear = true }: { id?: string; value?: string | null; onChange?: (day: string | null) => void; allowClear?: boolean }) {
  return <DatePicker id={id} value={value ? dayjs(value) : null} allowClear={allowClear} onChange={(day) => onChange?.(day?.format('YYYY-MM-DD') ?? null)} style={{ width: '100%' }} />;
}

const accountPrefix = 'account-';
const accountKey = (staffId: number): string => `${accountPrefix}${staffId}`;
const keyOf = ({ staffId, name, email }: Doer & { email?: string | null }): string => (staffId === null ? (email ?? name) : accountKey(staffId));

function useDoers() {
  const { data } = useEndpoint(listDoers);
  const accounts = data?.doers ?? [];
  return {
    options: accounts.map(({ staffId, name }) => ({ value: accountKey(staffId), label: name })),
    /** Who is meant by a key: an account, an address, or a name that was typed. */
    of(key: string): Participant {
      const account = accounts.find(({ staffId }) => accountKey(staffId) === key);
      if (account) return { ...account, email: null };
      return key.includes('@') ? { staffId: null, name: key.split('@')[0], email: key } : { staffId: null, name: key, email: null };
    },
  };
}

/** Who has an account comes before the name as it was typed: Enter on a part of a name means them. */
const accountsFirst = (one: { value?: string | number | null }, other: { value?: string | number | null }): number => Number(String(other.value).startsWith(accountPrefix)) - Number(String(one.value).startsWith(accountPrefix));

/** One person: an account, or a name that is typed. */
export function DoerSelect({ id, value, onChange }: { id?: string; value?: Doer | null; onChange?: (doer: Doer | null) => void }) {
  const { t } = useTranslation('planning');
  const doers = useDoers();
  const pick = (keys: string[]): void => {
    const last = keys.at(-1)?.trim();
    if (last === undefined) return onChange?.(null);
    // A blank is nobody, and takes nobody out.
    if (last === '') return;
    const { staffId, name } = doers.of(last);
    onChange?.({ staffId, name });
  };
  return <Select<{ value: string; label: string }[]> id={id} mode="tags" allowClear value={value ? [{ value: keyOf(value), label: value.staffId === null ? t('projects.withoutAccount', { name: value.name }) : value.name }] : []} labelInValue options={doers.options} optionFilterProp="label" filterSort={accountsFirst} placeholder={t('projects.ownerPlaceholder')} onChange={(all) => pick(all.map((each) => each.value))} />;
}

/** Several people: accounts, names, and addresses that are written to. */
export function ParticipantsSelect({ id, value = [], onChange }: { id?: string; value?: Participant[]; onChange?: (people: Participant[]) => void }) {
  const { t } = useTranslation('planning');
  const doers = useDoers();
  const own = new Map(value.map((each) => [keyOf(each), each]));
  return <Select<{ value: string; label: string }[]> id={id} mode="tags" allowClear value={value.map((each) => ({ value: keyOf(each), label: each.email ?? each.name }))} labelInValue options={doers.options} optionFilterProp="label" filterSort={accountsFirst} placeholder={t('meetings.participantsPlaceholder')} onChange={(all) => onChange?.(all.flatMap(({ value: key }) => own.get(key) ?? (key.trim() === '' ? [] : doers.of(key.trim()))))} />;
}
