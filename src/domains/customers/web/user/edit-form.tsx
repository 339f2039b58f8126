import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Button, DatePicker, Flex, Form, FormDrawer, Input, Select } from '../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { editCustomer, genders, listCustomers, readCustomer, readTimeline, type ShownProfile } from '../../contract.ts';
import { attributeRows, changedAttributes, type AttributeRow } from './changed-attributes.ts';

interface Values {
  name?: string;
  gender?: ShownProfile['gender'];
  birthDate?: Dayjs | null;
  country?: string | null;
  province?: string | null;
  city?: string | null;
  language?: string | null;
  attributes?: AttributeRow[];
}

const places = ['country', 'province', 'city', 'language'] as const;

/** Changes a profile. Of what is shown in part only what is typed anew is changed. */
export function EditForm({ profile, open, onClose }: { profile: ShownProfile; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const { customerNo, version } = profile;
  return (
    <FormDrawer<typeof editCustomer, Values>
      open={open}
      title={t('edit.title')}
      submitLabel={t('edit.submit')}
      endpoint={editCustomer}
      initial={{
        gender: profile.gender,
        birthDate: profile.birthDate === null ? null : dayjs(profile.birthDate),
        ...Object.fromEntries(places.map((place) => [place, profile[place]])),
        attributes: attributeRows(profile.attributes),
      }}
      request={({ name, birthDate, gender, attributes, ...rest }) => ({
        params: { customerNo },
        body: {
          version,
          ...(name?.trim() ? { name } : {}),
          gender: gender ?? null,
          birthDate: birthDate?.format('YYYY-MM-DD') ?? null,
          ...Object.fromEntries(places.map((place) => [place, rest[place] || null])),
          attributes: changedAttributes(profile.attributes, attributes ?? []),
        },
      })}
      invalidates={[readCustomer, readTimeline, listCustomers]}
      done={t('user.saved')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="name" label={t('field.name')} extra={profile.name !== null && t('edit.nameHint')}>
        <Input maxLength={100} placeholder={profile.name ?? undefined} autoComplete="off" />
      </Form.Item>
      <Form.Item name="gender" label={t('field.gender')}>
        <Select allowClear options={genders.map((value) => ({ value, label: t(`gender.${value}`) }))} />
      </Form.Item>
      <Form.Item name="birthDate" label={t('field.birthDate')}>
        <DatePicker maxDate={dayjs()} />
      </Form.Item>
      {places.map((place) => (
        <Form.Item key={place} name={place} label={t(`field.${place}`)}>
          <Input maxLength={place === 'language' ? 35 : 100} />
        </Form.Item>
      ))}
      <AttributeItems />
    </FormDrawer>
  );
}

function AttributeItems() {
  const { t } = useTranslation('customers');
  return (
    <Form.List name="attributes">
      {(rows, { add, remove }) => (
        <Form.Item label={t('user.attributes')}>
          {rows.map(({ key, name }) => (
            <Flex key={key} gap="small">
              <Form.Item name={[name, 'key']}>
                <Input maxLength={64} aria-label={t('edit.attribute')} placeholder={t('edit.attribute')} />
              </Form.Item>
              <Form.Item name={[name, 'value']}>
                <Input maxLength={500} aria-label={t('edit.value')} placeholder={t('edit.value')} />
              </Form.Item>
              <Button type="text" icon={<DeleteOutlined />} aria-label={t('identifiers.remove')} onClick={() => remove(name)} />
            </Flex>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({})}>{t('edit.addAttribute')}</Button>
        </Form.Item>
      )}
    </Form.List>
  );
}
