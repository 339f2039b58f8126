/** What a dragged field is called on its way to a column. */
export const dragType = 'application/x-perennial-field';
