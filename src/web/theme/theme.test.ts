import { theme } from 'antd';
import { describe, expect, it } from 'vitest';
import { themeFor } from './theme.ts';

type Colour = [red: number, green: number, blue: number, opacity: number];

function parse(text: string): Colour {
  const short = /^#(.)(.)(.)$/.exec(text);
  if (short) return parse(`#${short.slice(1).map((digit) => digit + digit).join('')}`);
  if (text.startsWith('#')) return [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)).concat(1) as Colour;
  const [red, green, blue, opacity = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, opacity];
}

const over = (front: Colour, back: Colour): Colour => [...[0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3])), 1] as Colour;

/** Relative luminance as WCAG 2 defines it. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(text: string, ground: string, below: string): number {
  const back = over(parse(ground), parse(below));
  const [dim, bright] = [luminance(back), luminance(over(parse(text), back))].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

const texts = [
  'colorText', 'colorTextSecondary', 'colorTextTertiary', 'colorTextDescription', 'colorTextPlaceholder', 'colorTextLabel',
  'colorLink', 'colorPrimary', 'colorInfo', 'colorSuccess', 'colorWarning', 'colorError',
] as const;
const grounds = ['colorBgLayout', 'colorBgContainer', 'colorBgElevated', 'colorFillQuaternary'] as const;
const coloured = [
  ['colorText', 'colorPrimaryBg'], ['colorTextSecondary', 'colorPrimaryBg'], ['colorTextTertiary', 'colorPrimaryBg'], ['colorPrimary', 'colorPrimaryBg'],
  ['colorInfo', 'colorInfoBg'], ['colorSuccess', 'colorSuccessBg'], ['colorWarning', 'colorWarningBg'], ['colorError', 'colorErrorBg'],
] as const;

describe.each([['light', false], ['dark', true]])('text in %s', (_, isDark) => {
  const token = theme.getDesignToken(themeFor(isDark));

  it('stands out from what it is written on by 4.5 to 1', () => {
    const pairs = [...texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)), ...coloured];
    const faint = pairs.map(([text, ground]) => ({ text, ground, ratio: contrast(token[text], token[ground], token.colorBgContainer) })).filter(({ ratio }) => ratio < 4.5);
    expect(faint).toEqual([]);
  });

  it('can be told from a button of the main colour', () => {
    const written = themeFor(isDark).components?.Button?.primaryColor ?? token.colorTextLightSolid;
    expect(contrast(written, token.colorPrimary, token.colorBgContainer)).toBeGreaterThan(4.5);
  });
});
