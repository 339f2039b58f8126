/** Characters a password has at least and at most. */
export const shortestPassword = 10;
export const longestPassword = 256;
