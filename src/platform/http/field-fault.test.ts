import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../test/harness.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { type FieldProblem, Problem } from '../../kernel/problem.ts';
import { route } from './route.ts';

const asked = endpoint({
  method: 'POST', path: '/api/asked', summary: 'Takes what is asked', access: 'public', reply: z.object({}),
  body: z.object({
    name: z.string().min(1).max(5), mail: z.email(), size: z.number().min(3).lt(9), days: z.array(z.string()).min(1).max(2), kind: z.enum(['one', 'two']), order: z.string().refine((text) => text !== 'b', 'comes before a'), until: z.string().refine((text) => text !== 'b', { params: { said: 'before_start' } }),
  }).partial({ order: true, until: true }),
});

const thrown: FieldProblem[][] = [[{ path: 'body.a', code: 'required' }, { path: 'body.b', code: 'not_found' }], [{ path: 'body.a', code: 'of_its_own' }], [{ path: 'body.a', code: 'required', message: 'said' }]];
const refused = endpoint({ method: 'POST', path: '/api/refused/:which', summary: 'Refuses', access: 'public', params: z.object({ which: z.coerce.number() }), reply: z.object({}) });

describe('a field that is refused', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  beforeAll(async () => {
    test = await createTestPlatform();
    server = await createTestServer(test.platform, [
      route(asked, async () => ({})),
      route(refused, async ({ params }) => { throw new Problem('platform.no_such_path', { status: 409, fields: thrown[params.which] }); }),
    ]);
  });
  afterAll(() => server.close().then(() => test.close()));

  const errorsOf = async (url: string, payload: object, language: string): Promise<Record<string, string>> => {
    const reply = await server.inject({ method: 'POST', url, payload, headers: { 'accept-language': language } });
    return Object.fromEntries(reply.json<{ errors: { path: string; message: string }[] }>().errors.map(({ path, message }) => [path.replace('body.', ''), message]));
  };

  it('says what is wrong with it as its reader would, and what is not there is to be filled in', async () => {
    const nothing = await errorsOf('/api/asked', { name: '', days: [], size: null }, 'zh-CN');
    expect(nothing).toEqual({ name: '请填写', mail: '请填写', size: '请填写', days: '请填写', kind: '请填写' });
    const wrong = { name: 'longer', mail: 'a', size: 9, days: ['1', '2', '3'], kind: 'three', order: 'b', until: 'b' };
    expect(await errorsOf('/api/asked', wrong, 'zh-CN')).toEqual({ name: '最多 5 个字', mail: '格式不对，请检查', size: '要小于 9', days: '最多 2 项', kind: '请从可选项中选择', order: '这里填写有误，请检查。', until: '不能早于开始' });
    expect(await errorsOf('/api/asked', wrong, 'en')).toMatchObject({ name: 'At most 5 characters.', order: 'comes before a', until: 'Not before it begins.' });
    expect(await errorsOf('/api/asked', { ...wrong, size: 2 }, 'en')).toMatchObject({ size: 'Not less than 3.' });
  });

  it('is never without a sentence: its own, that of its code, or that of the whole', async () => {
    expect(await errorsOf('/api/refused/0', {}, 'zh-CN')).toEqual({ a: '请填写', b: '已不存在，请重新选择' });
    expect((await errorsOf('/api/refused/1', {}, 'en')).a).not.toMatch(/of_its_own|field\./);
    expect(await errorsOf('/api/refused/2', {}, 'zh-CN')).toEqual({ a: 'said' });
  });
});
