import { describe, expect, it } from 'vitest';
import { readProblem } from './api-problem.ts';

describe('readProblem', () => {
  it('takes the sentence, the code and the fields of a problem document', () => {
    const body = { code: 'customers.not_found', detail: '找不到这位用户。', errors: [{ path: 'body.mail', code: 'format' }, 'x'] };
    const problem = readProblem(404, JSON.stringify(body), null);
    expect(problem).toMatchObject({ status: 404, code: 'customers.not_found', message: '找不到这位用户。' });
    expect(problem.fields).toEqual([{ path: 'body.mail', code: 'format' }]);
    expect(problem.retryAfterSeconds).toBeUndefined();
  });

  it.each(['', '<html>Bad gateway</html>', 'null', '[1]', '"text"'])('makes do without one: %s', (text) => {
    expect(readProblem(502, text, null)).toMatchObject({ status: 502, code: 'web.status_502', message: '' });
  });

  it('reads how long to wait', () => {
    expect(readProblem(429, '{}', '30').retryAfterSeconds).toBe(30);
    expect(readProblem(429, '{}', 'soon').retryAfterSeconds).toBeUndefined();
  });
});
