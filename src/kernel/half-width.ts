/** Full-width forms (`１２．５`, `￥`, `（`) as the ASCII they stand for, and wide spaces as plain ones. */
export function halfWidth(text: string): string {
  // U+FFE5 is the full-width yen sign, outside of the block of full-width ASCII.
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\uffe5/g, '¥')
    .replace(/\u2212/g, '-')
    .replace(/[\u3000\u00a0\u2009\u202f]/g, ' ');
}
