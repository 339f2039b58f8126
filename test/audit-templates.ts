import { createReceiver } from './receiver.ts';

type Drive = (
  name: string,
  action: string | null,
  payload?: object,
  params?: Record<string, string | number>,
  cookie?: string,
) => Promise<Record<string, unknown>>;

const words = (text: string) => ({
  kind: 'plain',
  locales: { 'zh-CN': { text } },
});

/** Drives every endpoint of message templates that changes something; see audit-complete.test.ts. */
export async function driveTemplates(drive: Drive, approver: string): Promise<void> {
  const path = '/api/message-templates';
  const version = `${path}/:templateNo/versions/:versionNo`;
  const { templateNo } = (await drive(`POST ${path}`, 'messaging.create_template', {
    name: '到店提醒',
    channel: 'wecom',
    purpose: 'service',
    content: words('您好'),
  })) as { templateNo: number };
  const first = { templateNo, versionNo: 1 };
  await drive(
    `PUT ${path}/:templateNo`,
    'messaging.change_template',
    { name: '到店', category: '门店' },
    first,
  );
  await drive(
    `PUT ${version}`,
    'messaging.edit_template',
    { revision: 1, content: words('您好，欢迎') },
    first,
  );
  await drive(
    `POST ${version}/submission`,
    'messaging.submit_template',
    { revision: 2 },
    first,
  );
  await drive(
    `POST ${version}/approval`,
    'messaging.approve_template',
    { isApproved: true },
    first,
    approver,
  );
  await drive(
    `POST ${path}/:templateNo/versions`,
    'messaging.draft_template',
    { content: words('再来') },
    first,
  );
  await drive(`DELETE ${version}`, 'messaging.delete_template_draft', undefined, {
    templateNo,
    versionNo: 2,
  });
  await drive(
    `POST ${version}/withdrawal`,
    'messaging.withdraw_template',
    { reason: '门店搬迁' },
    first,
  );
  await drive(
    `POST ${path}/:templateNo/archive`,
    'messaging.archive_template',
    { isArchived: true },
    first,
  );
  const example = {
    channel: 'wecom',
    purpose: 'service',
    content: words('您好'),
  };
  await drive(`POST ${path}/check`, null, example);
  await drive(`POST ${path}/preview`, null, {
    ...example,
    as: { who: 'example' },
  });
  const receiver = await createReceiver();
  receiver.react((_request, response) => void response.writeHead(200).end(Buffer.from('GIF89a')));
  await drive(`POST ${path}/pictures`, null, { url: `${receiver.url}/tea.gif` });
  await receiver.close();
  const gif = Buffer.from('47494638396110001000000000', 'hex').toString('base64');
  const { pictureNo } = (await drive('POST /api/message-pictures', 'messaging.upload_picture', { name: 'tea.gif', base64: gif })) as { pictureNo: number };
  await drive('DELETE /api/message-pictures/:pictureNo', 'messaging.delete_picture', undefined, { pictureNo });
  await drive(`PUT ${path}/check-settings`, 'messaging.change_check', {
    forbidden: ['第一'],
    allowed: [],
    partPrice: '0.05',
  });
}
