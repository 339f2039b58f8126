/** Full-width ASCII (`１３８`, `＠`, `（`) as what it stands for, and wide spaces as plain ones. */
export const halfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\u2009\u202f\ufeff\u200b]/g, ' ');
