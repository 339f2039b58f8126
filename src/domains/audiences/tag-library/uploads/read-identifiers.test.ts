import { describe, expect, it } from 'vitest';
import { readIdentifiers } from './read-identifiers.ts';

describe('a file that names people', () => {
  it('is read a line at a time, by its first column, whatever ends a line or parts a cell', async () => {
    const text = '\uFEFF手机号,姓名\r\n13800138000,张三\n"138 0013 8001";x\r+8613800138000\t\n\n  \n１３８００１３８００２\n';
    expect(await readIdentifiers(text, 'phone')).toEqual({
      lines: 5, values: ['+8613800138000', '+8613800138001', '+8613800138002'], refused: 1, repeated: 1,
    });
  });

  it('tells what is masked, broken or of another kind from what is a number', async () => {
    expect(await readIdentifiers('1\n2\n3\n4\n5', 'customer_no', 3)).toMatchObject({ lines: 4, values: ['1', '2', '3', '4'] });
    expect(await readIdentifiers('138****8000\n1.38E+10\nzhang@example.com\n12345', 'phone')).toMatchObject({ lines: 4, values: [], refused: 4 });
  });

  it('keeps the numbers of a shop as they are, quotes and statements included', async () => {
    expect((await readIdentifiers("A-01\n'; drop table tag; --\n😀\n", 'external_id')).values).toEqual(['A-01', "'", '😀']);
    expect((await readIdentifiers('"a,b"\n"c;d"', 'external_id')).values).toEqual(['a,b', 'c;d']);
  });

  it('knows the numbers of users, with or without their sign', async () => {
    expect(await readIdentifiers('#12\n12\n0012\n7\n0\n-3\n9999999999\n1e3', 'customer_no')).toEqual({ lines: 8, values: ['12', '7', '0'], refused: 3, repeated: 2 });
  });

  it('has nothing to say of an empty file', async () => {
    expect(await readIdentifiers('\n \r\n', 'email')).toEqual({ lines: 0, values: [], refused: 0, repeated: 0 });
  });
});
