import { describe, expect, it } from 'vitest';
import { takesDarkLetters } from './letters.ts';

/** Relative luminance and contrast as WCAG 2 defines them. */
const luminance = (colour: string): number => {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string): number => {
  const [dim, bright] = [luminance(a), luminance(b)].sort((one, two) => one - two);
  return (bright + 0.05) / (dim + 0.05);
};

describe('letters on a card', () => {
  it('are those that are read more easily on its colour, whichever a programme chose', () => {
    const parts = ['00', '33', '66', '99', 'cc', 'ff'];
    const colours = parts.flatMap((red) =>
      parts.flatMap((green) => parts.map((blue) => `#${red}${green}${blue}`)),
    );
    for (const colour of colours) {
      const chosen = takesDarkLetters(colour) ? '#000000' : '#ffffff';
      const other = takesDarkLetters(colour) ? '#ffffff' : '#000000';
      expect(contrast(chosen, colour), colour).toBeGreaterThanOrEqual(
        contrast(other, colour) - 0.05,
      );
      expect(contrast(chosen, colour), colour).toBeGreaterThan(4.5);
    }
  });
});
