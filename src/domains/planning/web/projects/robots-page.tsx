import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Flex, Form, FormModal, Input, Loaded, PageHeader, Popconfirm, Section, Select, Stack, Tag, Typography, useAction, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { MessageOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { addRobot, listRobots, removeRobot, type Robot, type RobotKind, robotKinds, testRobot } from '../../contract.ts';

/** Groups in Feishu, DingTalk and WeCom that can be told of the plan. */
export default function RobotsPage() {
  const { t } = useTranslation('planning');
  const mayHandle = useMay('planning.approve');
  const [isAdding, setAdding] = useState(false);
  const robots = useEndpoint(listRobots);
  const test = useAction(testRobot, { invalidates: [listRobots], done: t('robots.tested') });
  const remove = useAction(removeRobot, { invalidates: [listRobots], done: t('robots.removed') });
  const add = mayHandle && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('robots.add')}</Button>;
  return (
    <Stack>
      <PageHeader title={t('robots.title')} subtitle={t('robots.subtitle')} actions={robots.data?.robots.length ? add : undefined} />
      <Loaded from={robots}>
        {({ robots: all }) => (all.length === 0 ? <EmptyState icon={<MessageOutlined />} title={t('robots.none')} hint={t('robots.noneHint')} action={add} /> : all.map(({ robotNo, kind, name, hasSecret, last }) => (
          <Section key={robotNo} title={name} extra={mayHandle && <Flex gap={8}><Button size="small" loading={test.isPending && test.variables.params?.robotNo === robotNo} onClick={() => test.mutate({ params: { robotNo } })}>{t('robots.test')}</Button><Popconfirm title={t('robots.removeAsk', { name })} onConfirm={() => remove.mutate({ params: { robotNo } })}><Button size="small" danger>{t('robots.remove')}</Button></Popconfirm></Flex>}>
            <Tag>{t(`robots.kindOf.${kind}`)}</Tag>{hasSecret && <Tag>{t('robots.signed')}</Tag>}
            {last && <Last last={last} />}
          </Section>
        )))}
      </Loaded>
      <FormModal<typeof addRobot, { kind: RobotKind; name: string; url: string; secret?: string }>
        open={isAdding} endpoint={addRobot} title={t('robots.add')} submitLabel={t('projects.save')} initial={{ kind: 'feishu' }} invalidates={[listRobots]}
        request={({ secret, ...values }) => ({ body: { ...values, secret: secret?.trim() || null } })} onDone={() => setAdding(false)} onCancel={() => setAdding(false)}
      >
        <Form.Item required name="kind" label={t('robots.kind')}><Select options={robotKinds.map((value) => ({ value, label: t(`robots.kindOf.${value}`) }))} /></Form.Item>
        <Form.Item name="name" label={t('robots.name')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input maxLength={80} /></Form.Item>
        <Form.Item name="url" label={t('robots.url')} extra={t('robots.urlHint')} rules={[{ required: true, message: t('projects.needed') }]}><Input maxLength={500} /></Form.Item>
        <Form.Item name="secret" label={t('robots.secret')} extra={t('robots.secretHint')}><Input.Password maxLength={200} autoComplete="off" /></Form.Item>
      </FormModal>
    </Stack>
  );
}

/** How its last message went, and why not. */
function Last({ last: { state, at, why } }: { last: NonNullable<Robot['last']> }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const isAgain = state === 'waiting' && why !== null;
  return (
    <Typography.Paragraph type="secondary" style={{ margin: '8px 0 0', overflowWrap: 'anywhere' }}>
      {t('robots.last', { state: t(isAgain ? 'reports.copyStates.again' : `reports.copyStates.${state}`), at: isAgain ? t('reports.nextAt', { at: format.dateTime(at) }) : format.dateTime(at) })}
      {why && <div>{why}</div>}
    </Typography.Paragraph>
  );
}
