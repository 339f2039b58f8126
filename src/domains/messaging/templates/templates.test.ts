import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMessagingServer,
  type MessagingServer,
} from '../../../../test/messaging-server.ts';
import { plainContent, templatesOf } from '../../../../test/templates-of.ts';
import {
  archiveTemplate,
  changeTemplate,
  changeTemplateDraft,
  createTemplate,
  createTemplateDraft,
  deletePicture,
  deleteTemplateDraft,
  listPictures,
  listTemplates,
  previewTemplate,
  readTemplate,
  uploadPicture,
  type GivenContent,
} from '../contract.ts';

let at: MessagingServer;
let of: ReturnType<typeof templatesOf>;
beforeAll(async () => {
  at = await createMessagingServer(
    'messaging.read messaging.templates messaging.approve',
  );
  of = templatesOf(at);
});
afterAll(() => at.close());

const edit = (
  templateNo: number,
  versionNo: number,
  content: GivenContent,
  revision: number,
  staff = 1,
) =>
  at.ask(
    changeTemplateDraft,
    { params: { templateNo, versionNo }, body: { content, revision } },
    { staff },
  );

describe('a version', () => {
  it('is approved by a person who neither wrote it nor asked for it', async () => {
    const templateNo = await of.template(plainContent('你好'));
    expect((await of.decide(templateNo, 1, true, 2)).code).toBe(
      'messaging.template_not_waiting',
    );
    expect((await of.submit(templateNo, 1, 1, 3)).body.state).toBe('waiting');
    for (const staff of [1, 3])
      expect((await of.decide(templateNo, 1, true, staff)).code).toBe(
        'messaging.second_person',
      );
    const { body } = await of.decide(templateNo, 1, true, 2);
    expect(body).toMatchObject({ state: 'approved', approvedBy: 'test staff' });
    expect(await at.messaging.templates.current(templateNo)).toMatchObject({
      versionNo: 1,
      channel: 'wecom',
      purpose: 'service',
    });
  });

  it('that waits is a draft again once it is changed, or refused, with why', async () => {
    const templateNo = await of.template(plainContent('你好'));
    await of.submit(templateNo);
    expect(
      (await edit(templateNo, 1, plainContent('您好'), 1)).body,
    ).toMatchObject({
      state: 'draft',
      revision: 2,
      submittedBy: null,
    });
    expect((await of.decide(templateNo, 1, true, 2)).code).toBe(
      'messaging.template_not_waiting',
    );
    await of.submit(templateNo, 1, 2);
    expect(
      (await of.decide(templateNo, 1, false, 2, '语气太硬')).body,
    ).toMatchObject({
      state: 'draft',
      reason: '语气太硬',
    });
  });

  it('never changes once it is approved; the next one is another', async () => {
    const templateNo = await of.approved(plainContent('一'));
    expect((await edit(templateNo, 1, plainContent('二'), 1)).code).toBe(
      'messaging.template_version_is_closed',
    );
    expect(
      (
        await at.ask(deleteTemplateDraft, {
          params: { templateNo, versionNo: 1 },
        })
      ).code,
    ).toBe('messaging.template_version_is_closed');
    expect(
      (
        await at.ask(createTemplateDraft, {
          params: { templateNo },
          body: { content: plainContent('二') },
        })
      ).body,
    ).toMatchObject({ versionNo: 2, state: 'draft' });
    expect(
      (
        await at.ask(createTemplateDraft, {
          params: { templateNo },
          body: { content: plainContent('三') },
        })
      ).code,
    ).toBe('messaging.template_has_draft');
    expect(await at.messaging.templates.current(templateNo)).toMatchObject({
      versionNo: 1,
    });
    expect(
      (
        await at.ask(readTemplate, { params: { templateNo } })
      ).body.versions.map(({ versionNo, state }) => [versionNo, state]),
    ).toEqual([
      [2, 'draft'],
      [1, 'approved'],
    ]);
  });

  it('is refused where somebody changed it meanwhile, also when two change it at once', async () => {
    const templateNo = await of.template(plainContent('一'));
    const replies = await Promise.all(
      [1, 2, 3, 4].map((staff) =>
        edit(templateNo, 1, plainContent(String(staff)), 1, staff),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([
      200, 409, 409, 409,
    ]);
    expect((await of.submit(templateNo, 1, 1)).code).toBe(
      'messaging.template_changed',
    );
  });

  it('that cannot be made is not put before anybody', async () => {
    for (const text of [
      '{{ person.name',
      '{% if x %}',
      '{% include "x" %}',
      '{{ x | nothing_known }}',
    ]) {
      const templateNo = await of.template(plainContent(text));
      expect((await of.submit(templateNo)).status, text).toBe(400);
    }
  });

  it('has the content of its channel', async () => {
    const body = {
      name: 'x',
      channel: 'email' as const,
      purpose: 'marketing' as const,
      content: plainContent('x'),
    };
    expect((await at.ask(createTemplate, { body })).code).toBe(
      'messaging.template_of_other_channel',
    );
    const withBreak = {
      ...body,
      content: {
        kind: 'mail',
        locales: { en: { subject: 'one\r\nBcc: x@y.test', blocks: [] } },
      } satisfies GivenContent,
    };
    expect((await at.ask(createTemplate, { body: withBreak })).status).toBe(
      400,
    );
  });
});

describe('templates', () => {
  it('have names of their own while they are in use', async () => {
    const first = await of.template(plainContent('x'), '欢迎 A');
    expect(
      (
        await at.ask(createTemplate, {
          body: {
            name: '欢迎 a',
            channel: 'sms',
            purpose: 'service',
            content: plainContent('x'),
          },
        })
      ).code,
    ).toBe('messaging.template_name_taken');
    await at.ask(archiveTemplate, {
      params: { templateNo: first },
      body: { isArchived: true },
    });
    await of.template(plainContent('x'), '欢迎 a');
    expect(
      (
        await at.ask(archiveTemplate, {
          params: { templateNo: first },
          body: { isArchived: false },
        })
      ).code,
    ).toBe('messaging.template_name_taken');
    expect(
      (
        await at.ask(changeTemplate, {
          params: { templateNo: first },
          body: { name: '欢迎 B', category: '入会' },
        })
      ).body,
    ).toMatchObject({ name: '欢迎 B', category: '入会' });
  });

  it('are found by name and category, by where they stand, page by page', async () => {
    const templateNo = await of.approved(plainContent('x', 'y'));
    await at.ask(changeTemplate, {
      params: { templateNo },
      body: { name: '独一份', category: '唤醒' },
    });
    const found = async (query: object) =>
      (await at.ask(listTemplates, { query })).body;
    expect((await found({ q: '唤醒' })).rows).toMatchObject([
      {
        templateNo,
        name: '独一份',
        approvedVersion: 1,
        openVersion: null,
        locales: ['zh-CN', 'en'],
      },
    ]);
    expect((await found({ q: '独一份', show: 'waiting' })).total).toBe(0);
    expect(
      (
        await found({
          q: '独一份',
          show: 'usable',
          channel: 'wecom',
          purpose: 'service',
        })
      ).total,
    ).toBe(1);
    const { total } = await found({});
    const pages = await Promise.all(
      [1, 2, 3].map((page) => found({ page, pageSize: 4, sort: 'name' })),
    );
    expect(
      new Set(pages.flatMap(({ rows }) => rows.map(({ templateNo: no }) => no)))
        .size,
    ).toBe(Math.min(12, total));
  });
});

describe('pictures of the brand\'s own', () => {
  const gif = (width: number, more = '') => Buffer.concat([Buffer.from('GIF89a'), Buffer.from([width % 256, width >> 8, 120, 0, 0, 0, 0]), Buffer.from(more)]);
  const upload = (bytes: Buffer, name = '新茶.gif') => at.ask(uploadPicture, { body: { name, base64: bytes.toString('base64') } });
  const fetched = (address: string) => at.server.inject({ method: 'GET', url: address });

  it('are kept once, found by name, and fetched by whoever opens a mail', async () => {
    const { status, body } = await upload(gif(300));
    expect([status, body.width, body.height, body.kind]).toEqual([201, 300, 120, 'gif']);
    expect((await upload(gif(300), '又是它.gif')).body).toEqual(body);
    expect((await at.ask(listPictures, { query: { q: '新茶' } })).body).toMatchObject({ total: 1, pictures: [{ pictureNo: body.pictureNo }] });
    expect((await at.ask(listPictures, { query: { q: '没有' } })).body.total).toBe(0);
    for (const _ of [1, 2]) {
      const reply = await fetched(body.address);
      expect([reply.statusCode, reply.headers['content-type'], reply.rawPayload.equals(gif(300))]).toEqual([200, 'image/gif', true]);
      expect(reply.headers).toMatchObject({ 'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff', 'cache-control': expect.stringContaining('immutable'), 'content-security-policy': "default-src 'none'; sandbox" });
    }
    for (const wrong of [body.address.slice(0, -5) + 'x.gif', '/m/i/1.gif', `${body.address}.svg`]) expect((await fetched(wrong)).statusCode).toBe(404);
  });

  it.each([
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'messaging.picture_unreadable'], [Buffer.from('GIF89a'), 'messaging.picture_unreadable'],
    [gif(4_001), 'messaging.picture_too_wide'], [gif(10, 'x'.repeat(2 * 2 ** 20)), 'platform.invalid_input'],
  ])('are none that are no picture or too much for a mail (%#)', async (bytes, code) => {
    expect(await upload(bytes)).toMatchObject({ code });
  });

  it('stand in a mail under the site\'s address, and stay as long as a version shows them', async () => {
    const { body: { pictureNo, address } } = await upload(gif(301));
    const content: GivenContent = { kind: 'mail', locales: { en: { subject: 'Hello', blocks: [{ kind: 'image', key: 'b1', address, alt: 'tea' }, { kind: 'footer', key: 'b2', text: '[Out]({{ links.unsubscribe }})' }] } } };
    const { body: { previews: [{ message }] } } = await at.ask(previewTemplate, { body: { channel: 'email', purpose: 'marketing', content, as: { who: 'example' } } });
    expect(message?.html).toMatch(new RegExp(`src="http://[^"/]+${address}"`));
    const { body: { templateNo } } = await at.ask(createTemplate, { body: { name: '有图', channel: 'email', purpose: 'marketing', content } });
    expect((await at.ask(deletePicture, { params: { pictureNo } })).code).toBe('messaging.picture_in_use');
    await at.ask(changeTemplateDraft, { params: { templateNo, versionNo: 1 }, body: { content: { kind: 'mail', locales: { en: { subject: 'Hello', blocks: [] } } }, revision: 1 } });
    expect((await at.ask(deletePicture, { params: { pictureNo } })).status).toBe(200);
    expect((await at.ask(deletePicture, { params: { pictureNo } })).status).toBe(404);
    expect((await fetched(address)).statusCode).toBe(404);
  });
});
