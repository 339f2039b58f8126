/**
 * Lets Tab lead out of a selection of several. While its list is open the library takes Tab for Enter on what is marked in
 * it: whoever picked somebody and went on to the next field had taken them out again, unseen.
 */
export function letTabOut(page: Document): void {
  page.addEventListener('keydown', (event) => {
    if (event.key === 'Tab' && event.target instanceof Element && event.target.closest('.ant-select-multiple')) event.stopPropagation();
  }, { capture: true });
}
