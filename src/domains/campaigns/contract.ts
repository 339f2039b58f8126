/** What this domain's permissions allow: seeing campaigns and what they came to, planning them, and letting them go where it takes a second person. */
export const permissions = ['campaigns.read', 'campaigns.edit', 'campaigns.approve'] as const;
