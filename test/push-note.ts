/** A notice to a device, and what stands in a statement that is signed with it. */
export const note = {
  to: 'device-token',
  message: { subject: '新茶', text: '到店', link: 'https://shop.test/tea' },
};
export const claimsOf = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString()) as Record<
    string,
    unknown
  >;
