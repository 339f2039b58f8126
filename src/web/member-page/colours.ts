import { dark, fontFamily, light } from '../theme/colours.ts';

const darkScreen = window.matchMedia('(prefers-color-scheme: dark)');
const paper = window.matchMedia('print');

/** Gives the page the theme's colours as custom properties, and others when the screen turns dark. Paper is white. */
export function wearColours(): void {
  const wear = (): void => {
    const isDark = darkScreen.matches && !paper.matches;
    const { style, dataset } = document.documentElement;
    dataset.appearance = isDark ? 'dark' : 'light';
    style.setProperty('--font-family', fontFamily);
    for (const [name, colour] of Object.entries({ ...light, ...(isDark ? dark : {}) })) {
      style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, colour);
    }
  };
  darkScreen.addEventListener('change', wear);
  paper.addEventListener('change', wear);
  wear();
}
