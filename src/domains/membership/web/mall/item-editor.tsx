import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, Columns, currentLocale, DatePicker, Flex, Form, Input, InputNumber, PageHeader, Section, Select, Stack, Typography, useEndpoint, useFormAction, useFormat, useNavigateTo, useSession } from '../../../../web/kit.ts';
import { changeMallItem, createMallItem, listMallItems, listPartnerBenefits, type MallItem, mallDeliveryKinds, mallIcons, nameIn, readMallItem } from '../../contract.ts';
import { NamesFields } from '../names-fields.tsx';
import { namesOf } from '../names-of.ts';
import { momentAt } from '../../../../kernel/wall-clock.ts';
import { colors, definitionOf, type ItemDraft, itemDraftOf } from './item-draft.ts';
import { ItemMark } from './item-mark.tsx';
import { TiersField } from './tiers-field.tsx';
import { usePrice } from './use-price.ts';

/** What an item is and costs on the left; how a member sees it on the right. */
export function ItemEditor({ item }: { item: MallItem | null }) {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const { timeZone } = useSession().brand;
  const [draft, setDraft] = useState(() => itemDraftOf(item, timeZone, dayjs));
  const shared = { invalidates: [listMallItems, readMallItem], done: t('mall.saved'), onDone: ({ itemNo }: MallItem) => navigate(`/members/mall/${itemNo}`) };
  const make = useFormAction<typeof createMallItem, ItemDraft>({ ...shared, endpoint: createMallItem, request: (values) => ({ body: { definition: definitionOf(values, timeZone) } }) });
  const change = useFormAction<typeof changeMallItem, ItemDraft>({ ...shared, endpoint: changeMallItem, request: (values) => ({ params: { itemNo: item?.itemNo ?? 0 }, body: { version: item?.version ?? 0, definition: definitionOf({ ...draft, ...values }, timeZone) } }) });
  const { form, submit, busy, problem } = item === null ? make : change;
  return (
    <>
      <PageHeader title={item === null ? t('mall.add') : t('mall.edit', { name: nameIn(item.definition.names, currentLocale()) })} breadcrumbs={[{ label: t('mall.title'), to: '/members/mall' }]} />
      <Columns>
        <Section>
          <Form<ItemDraft> form={form} layout="vertical" initialValues={draft} disabled={busy} requiredMark={false} onValuesChange={(_changed, all) => setDraft({ ...draft, ...all })} onFinish={submit}>
            {problem && <Form.Item>{problem}</Form.Item>}
            <NamesFields name={['names']} label={t('mall.name')} />
            <Form.Item name="note" label={t('mall.note')}><Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} /></Form.Item>
            <Flex gap="middle" wrap>
              <Form.Item name="icon" label={t('mall.icon')}><Select style={{ width: 160 }} options={mallIcons.map((value) => ({ value, label: t(`mall.icons.${value}`) }))} /></Form.Item>
              <Form.Item name="color" label={t('mall.color')}><Select style={{ width: 120 }} options={colors.map((value) => ({ value, label: <span style={{ display: 'inline-block', width: 40, height: 14, borderRadius: 3, verticalAlign: 'middle', background: value }} /> }))} /></Form.Item>
            </Flex>
            <PriceFields />
            <DeliveryFields kind={draft.kind} isNew={item === null} />
            <LimitFields money={draft.money} />
            <Button type="primary" htmlType="submit" loading={busy}>{t('mall.save')}</Button> <Button onClick={() => navigate(item === null ? '/members/mall' : `/members/mall/${item.itemNo}`)}>{t('mall.back')}</Button>
          </Form>
        </Section>
        <Preview draft={draft} isNew={item === null} />
      </Columns>
    </>
  );
}

function PriceFields() {
  const { t } = useTranslation('membership');
  return (
    <Flex gap="middle" wrap>
      <Form.Item name="points" label={t('mall.points')} extra={t('mall.pointsHint')} rules={[{ required: true, message: t('mall.needed') }]}><InputNumber precision={0} min={0} max={1_000_000_000} style={{ width: 160 }} /></Form.Item>
      <Form.Item name="money" label={t('mall.money')} extra={t('mall.moneyHint')} rules={[{ pattern: /^\d{0,12}(\.\d{1,4})?$/, message: t('mall.moneyWrong') }]}><Input style={{ width: 160 }} inputMode="decimal" /></Form.Item>
    </Flex>
  );
}

function DeliveryFields({ kind, isNew }: { kind: ItemDraft['kind']; isNew: boolean }) {
  const { t } = useTranslation('membership');
  const benefits = useEndpoint(listPartnerBenefits, {}, { enabled: kind === 'partner' });
  return (
    <>
      <Form.Item name="kind" label={t('mall.delivery')} extra={isNew ? t(`mall.kindHints.${kind}`) : t('mall.kindStays')}><Select disabled={!isNew} options={mallDeliveryKinds.map((value) => ({ value, label: t(`mall.kinds.${value}`) }))} /></Form.Item>
      {kind === 'made_codes' && <Form.Item name="prefix" label={t('mall.prefix')} rules={[{ pattern: /^[A-Za-z0-9]{0,8}$/, message: t('mall.prefixWrong') }]}><Input maxLength={8} style={{ width: 160 }} /></Form.Item>}
      {kind === 'partner' && (
        <Form.Item name="benefit" label={t('mall.benefit')} rules={[{ required: true, message: t('mall.needed') }]}>
          <Select options={benefits.data?.benefits.map(({ key, names }) => ({ value: key, label: nameIn(names, currentLocale()) }))} notFoundContent={t('mall.noBenefits')} />
        </Form.Item>
      )}
    </>
  );
}

function LimitFields({ money }: { money: string }) {
  const { t } = useTranslation('membership');
  return (
    <>
      <Flex gap="middle" wrap>
        <Form.Item name="perDay" label={t('mall.perDay')}><InputNumber precision={0} min={1} max={1_000} placeholder={t('mall.noLimit')} style={{ width: 160 }} /></Form.Item>
        <Form.Item name="total" label={t('mall.total')}><InputNumber precision={0} min={1} max={100_000} placeholder={t('mall.noLimit')} style={{ width: 160 }} /></Form.Item>
      </Flex>
      <TiersField />
      <Flex gap="middle" wrap>
        <Form.Item name="startsAt" label={t('mall.startsAt')}><DatePicker showTime={{ format: 'HH:mm' }} /></Form.Item>
        <Form.Item name="endsAt" label={t('mall.endsAt')}><DatePicker showTime={{ format: 'HH:mm' }} /></Form.Item>
      </Flex>
      {money.trim() !== '' && Number(money) !== 0 && <Form.Item name="payMinutes" label={t('mall.payMinutes')} extra={t('mall.payMinutesHint')} rules={[{ required: true, message: t('mall.needed') }]}><InputNumber precision={0} min={1} max={1_440} style={{ width: 160 }} /></Form.Item>}
    </>
  );
}

function Preview({ draft, isNew }: { draft: ItemDraft; isNew: boolean }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const price = usePrice();
  const { timeZone } = useSession().brand;
  const { names, icon, color, note, points, money, startsAt, endsAt } = draft;
  const name = nameIn(namesOf(names), currentLocale()) || t('mall.unnamed');
  return (
    <Stack>
      <Section title={t('mall.preview')}>
        <Stack>
          <ItemMark icon={icon} color={color} name={name} size={56} />
          <Typography.Title level={4} style={{ margin: 0 }}>{price({ points: points ?? 0, money: /^\d+(\.\d+)?$/.test(money.trim()) ? money.trim() : '0' })}</Typography.Title>
          {note && <Typography.Text type="secondary">{note}</Typography.Text>}
          {(startsAt || endsAt) && <Typography.Text type="secondary">{startsAt ? format.dateTime(momentAt(startsAt, timeZone)) : ''} – {endsAt ? format.dateTime(momentAt(endsAt, timeZone)) : ''}</Typography.Text>}
        </Stack>
      </Section>
      {points === 0 && <Alert type="info" showIcon title={t('mall.freeHint')} />}
      {isNew && <Alert type="info" showIcon title={t('mall.stockLater')} />}
    </Stack>
  );
}
