type Drive = (name: string, action: string | null, payload?: object, params?: Record<string, string | number>) => Promise<Record<string, unknown>>;

/** An account of a channel: added, changed, put in order, tried, switched off and deleted. */
export async function driveChannels(drive: Drive, customerNo: number): Promise<void> {
  const settings = { name: 'Hook', state: 'test', perSecond: 1, atOnce: 1, perDay: null, cost: '0', values: { url: 'http://127.0.0.1:9/' } };
  const { accountNo } = (await drive('POST /api/channels', 'messaging.add_channel', { ...settings, provider: 'webhook' })) as { accountNo: number };
  const content = { kind: 'plain', locales: { en: { text: 'x' } } };
  await drive('POST /api/message-templates/test', 'messaging.test_channel', { channel: 'webhook', purpose: 'service', content, locale: 'en', as: { who: 'example' }, to: '1' });
  await drive('PUT /api/channels/:accountNo', 'messaging.change_channel', { ...settings, state: 'off' }, { accountNo });
  await drive('POST /api/channels/order', 'messaging.order_channels', { channel: 'webhook', accountNos: [accountNo] });
  await drive('POST /api/channels/:accountNo/test', 'messaging.test_channel', { to: '1', text: 'x' }, { accountNo });
  await drive('GET /api/channels/:accountNo/test-messages', 'messaging.read_test_messages', undefined, { accountNo });
  const push = (await drive('POST /api/channels', 'messaging.add_channel', { ...settings, provider: 'webpush', name: 'Push', state: 'off', values: { contact: 'care@shop.test' } })) as { accountNo: number };
  const address = JSON.stringify({ endpoint: 'https://push.test/1', keys: { p256dh: 'x', auth: 'y' } });
  await drive('PUT /api/channel-addresses', null, { accountNo: push.accountNo, address, customer: { customerNo } });
  await drive('POST /api/channel-addresses/forget', null, { accountNo: push.accountNo, address });
  await drive('DELETE /api/channels/:accountNo', 'messaging.delete_channel', undefined, { accountNo });
}
