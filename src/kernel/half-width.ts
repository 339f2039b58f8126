/** Full-width forms (`１２．５`, `￥`, `（`) as the ASCII they stand for, and wide or invisible spaces as plain ones. */
export const halfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    // The full-width yen sign lies outside of the block of full-width ASCII.
    .replace(/\uffe5/g, '¥')
    .replace(/\u2212/g, '-')
    .replace(/[\u3000\u00a0\u2009\u202f\ufeff\u200b]/g, ' ');
