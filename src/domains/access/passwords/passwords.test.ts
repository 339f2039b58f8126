import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword } from './hash.ts';
import { createTurnstile } from './turnstile.ts';
import { refuseWeakPassword } from './weakness.ts';

const person = { email: 'wang.xiaomei@lanhua-tea.com', name: '王 小美' };
const refusalOf = (password: string, about = person): string | null => {
  try {
    refuseWeakPassword(password, about);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'not an error';
  }
};

describe('a password', () => {
  it('is kept as Argon2id at the reference cost, with a salt of its own', async () => {
    const [one, other] = await Promise.all([hashPassword('three green kettles'), hashPassword('three green kettles')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
    expect(await isPassword(one, 'three green kettles')).toBe(true);
    expect(await isPassword(one, 'three green kettle')).toBe(false);
  });

  it('is the same however the keyboard composed its characters', async () => {
    expect(await isPassword(await hashPassword('cafe\u0301 au lait'), 'caf\u00e9 au lait')).toBe(true);
  });

  it('is never right for an account without one, the decoy included', async () => {
    expect(await isPassword(null, 'a password nobody has')).toBe(false);
  });

  it.each([
    '1234567890', '0987654321', 'qwertyuiop', 'poiuytrewq', '1q2w3e4r5t', '1qaz2wsx3edc', 'aaaaaaaaaa', 'abababababab',
    'password123', 'Password123!', 'P@ssw0rd2026', 'iloveyou520', 'woaini1314', 'woaini5201314', 'admin123456', 'welcome2026',
    'qwerty123456', 'letmeinnow', '5201314520', '88888888888', 'Admin@123456', 'adminpassword', 'abcdefghij12', '！！！！！！！！！！！',
  ])('is refused as common: %s', (password) => {
    expect(refusalOf(password)).toBe('access.password_common');
  });

  it.each(['wang.xiaomei1', 'lanhua-tea88', '王小美20260101'])('is refused as personal: %s', (password) => {
    expect(refusalOf(password)).toBe('access.password_personal');
  });

  it.each(['three green kettles', '蓝花楹下的三只猫在睡觉', 'kX7#mQ2!vR9z', 'correct horse battery', 'xiaomei likes jasmine'])('is accepted: %s', (password) => {
    expect(refusalOf(password)).toBeNull();
  });

  it('is judged without failing, whatever it consists of', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 256, unit: 'binary' }), fc.emailAddress(), fc.string(), (password, email, name) => {
      expect([null, 'access.password_common', 'access.password_personal']).toContain(refusalOf(password, { email, name }));
    }));
  });
});

describe('the turnstile before hashing', () => {
  it('runs a few at once, lets a few wait, and sends the rest away', async () => {
    const turnstile = createTurnstile(2, 3);
    let running = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
    };
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => turnstile(task)));
    expect(most).toBe(2);
    expect(results.map((r) => r.status)).toEqual([...Array<string>(5).fill('fulfilled'), ...Array<string>(3).fill('rejected')]);
    expect(results[7]).toMatchObject({ reason: { code: 'access.busy', status: 503 } });
  });

  it('stays open after a task failed', async () => {
    const turnstile = createTurnstile(1, 10);
    await expect(turnstile(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await Promise.all([1, 2, 3].map((n) => turnstile(() => Promise.resolve(n))))).toEqual([1, 2, 3]);
  });
});
