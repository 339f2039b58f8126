import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Columns, EmptyState, Flex, Form, FormModal, Input, Popconfirm, Section, Select, Stack, Tag, TagList, Typography, useAction, useEndpoint, useMay } from '../../../../../web/kit.ts';
import { listCategories } from '../../../../commerce/contract.ts';
import { addPartnerScene, changePartnerScene, listPartnerHistory, type PartnerScene, readPartner, removePartnerScene, sceneMoments, type ShownPartner } from '../../../contract.ts';

type SceneText = Omit<PartnerScene, 'sceneId' | 'version'>;
const none: SceneText = { title: '', moment: 'with_purchase', categories: [], theirProduct: '', description: '' };

/** Where the partner's product and ours meet. */
export function ScenesTab({ partner: { partnerId, scenes } }: { partner: ShownPartner }) {
  const { t } = useTranslation('membership');
  const [adding, setAdding] = useState(false);
  const [edited, setEdited] = useState<PartnerScene | null>(null);
  const old = [readPartner, listPartnerHistory];
  const add = <Button onClick={() => setAdding(true)}>{t('partners.scene.add')}</Button>;
  return (
    <Stack>
      {scenes.length === 0 ? <EmptyState title={t('partners.scene.none')} hint={t('partners.scene.noneHint')} action={add} /> : (
        <>
          <Flex justify="end">{add}</Flex>
          <Columns>{scenes.map((scene) => <Scene key={scene.sceneId} partnerId={partnerId} scene={scene} onEdit={() => setEdited(scene)} />)}</Columns>
        </>
      )}
      <FormModal<typeof addPartnerScene, SceneText> open={adding} endpoint={addPartnerScene} title={t('partners.scene.add')} submitLabel={t('partners.save')} initial={none} request={(body) => ({ params: { partnerId }, body })} invalidates={old} onDone={() => setAdding(false)} onCancel={() => setAdding(false)}>
        <SceneFields />
      </FormModal>
      <FormModal<typeof changePartnerScene, SceneText> open={edited !== null} endpoint={changePartnerScene} title={t('partners.scene.edit')} submitLabel={t('partners.save')} initial={edited ?? none} request={(body) => ({ params: { partnerId, sceneId: edited?.sceneId ?? 0 }, body: { ...body, version: edited?.version ?? 1 } })} invalidates={old} onDone={() => setEdited(null)} onCancel={() => setEdited(null)}>
        <SceneFields />
      </FormModal>
    </Stack>
  );
}

function Scene({ partnerId, scene, onEdit }: { partnerId: number; scene: PartnerScene; onEdit: () => void }) {
  const { t } = useTranslation('membership');
  const remove = useAction(removePartnerScene, { invalidates: [readPartner, listPartnerHistory], done: t('partners.scene.removed') });
  return (
    <Section
      title={scene.title}
      extra={
        <Flex gap={4}>
          <Button size="small" type="text" onClick={onEdit}>{t('partners.editShort')}</Button>
          <Popconfirm title={t('partners.scene.removeSure')} onConfirm={() => remove.mutate({ params: { partnerId, sceneId: scene.sceneId } })}><Button size="small" type="text" danger>{t('partners.remove')}</Button></Popconfirm>
        </Flex>
      }
    >
      <Stack>
        <Flex gap={8} wrap align="center">
          <Tag color="processing">{t(`partners.scene.moments.${scene.moment}`)}</Tag>
          {scene.theirProduct && <Typography.Text>{t('partners.scene.theirs', { what: scene.theirProduct })}</Typography.Text>}
        </Flex>
        {scene.categories.length > 0 && <TagList tags={scene.categories.map((name) => ({ key: name, label: name }))} />}
        {scene.description && <Typography.Text type="secondary">{scene.description}</Typography.Text>}
      </Stack>
    </Section>
  );
}

function SceneFields() {
  const { t } = useTranslation('membership');
  const maySeeProducts = useMay('commerce.read');
  const { data } = useEndpoint(listCategories, {}, { enabled: maySeeProducts });
  return (
    <>
      <Form.Item name="title" label={t('partners.scene.title')} rules={[{ required: true, whitespace: true, message: t('partners.scene.titleNeeded') }]}><Input maxLength={80} placeholder={t('partners.scene.titlePlaceholder')} autoFocus /></Form.Item>
      <Form.Item name="moment" label={t('partners.scene.moment')} required><Select options={sceneMoments.map((value) => ({ value, label: t(`partners.scene.moments.${value}`) }))} /></Form.Item>
      <Form.Item name="categories" label={t('partners.scene.categories')}><Select mode="tags" maxCount={20} options={data?.categories.map(({ category }) => ({ value: category, label: category })) ?? []} /></Form.Item>
      <Form.Item name="theirProduct" label={t('partners.scene.theirProduct')}><Input maxLength={200} /></Form.Item>
      <Form.Item name="description" label={t('partners.scene.description')}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 2, maxRows: 8 }} /></Form.Item>
    </>
  );
}
