/** Events of the usual e-commerce plan, and those told of messages, that the catalogues have words for. */
const known = [
  'Products Searched', 'Product List Viewed', 'Product List Filtered', 'Promotion Viewed', 'Promotion Clicked', 'Product Clicked', 'Product Viewed',
  'Product Added', 'Product Removed', 'Cart Viewed', 'Checkout Started', 'Checkout Step Viewed', 'Checkout Step Completed', 'Payment Info Entered',
  'Order Completed', 'Order Updated', 'Order Refunded', 'Order Cancelled', 'Coupon Entered', 'Coupon Applied', 'Coupon Denied', 'Coupon Removed',
  'Product Added to Wishlist', 'Product Removed from Wishlist', 'Product Shared', 'Cart Shared', 'Product Reviewed',
  'Signed Up', 'Signed In', 'Signed Out', 'Application Installed', 'Application Opened',
  'Message Sent', 'Message Delivered', 'Message Opened', 'Message Clicked', 'Message Bounced', 'Message Complained', 'Message Unsubscribed', 'Message Replied',
];

const keyOf = (name: string): string => name.toLowerCase().replaceAll(' ', '_');
const keys = new Map(known.map((name) => [name, `collect:knownEvent.${keyOf(name)}`]));

/** The message that names an event of the usual plan; of any other event its own name is what its maker called it. */
export const knownEventLabel = (name: string): string | undefined => keys.get(name);
