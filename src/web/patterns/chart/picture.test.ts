import { expect, it } from 'vitest';
import { fileNameOf, svgFile } from './picture.ts';

it('makes a file of a drawing that stands by itself, with its title on top', () => {
  const file = svgFile({ title: 'A & B <1>', content: '<path d="M0 0"/>', width: 300, height: 200 });
  expect(file).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(file).toContain('viewBox="0 0 332 272"');
  expect(file).toContain('A &amp; B &lt;1&gt;');
  expect(file).toContain('<g transform="translate(16 56)"><path d="M0 0"/></g></svg>');
});

it('names the file after the title, without what a system of files refuses', () => {
  expect([fileNameOf('RFM：a/b\\c?', 'png'), fileNameOf('///', 'svg')]).toEqual(['RFM：a b c.png', 'chart.svg']);
});
