/** An amount as people type and paste it: `１,２３４．５`, `¥ 1,234.50`. Whatever else it is stays as it is, for the server to say what is wrong with it. */
export function typedAmount(text: string): string {
  const plain = text.normalize('NFKC').replace(/\s/g, '').replace(/^[¥￥$€£]/, '');
  return /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain) ? plain.replaceAll(',', '') : plain;
}
