/** Who may ask. The role comes from the sign-in or the device token, never from a request. */
export const ROLES = ['kiosk', 'display', 'phone', 'specialist', 'head', 'admin'] as const;

export type Role = (typeof ROLES)[number];

/** Roles of people; they sign in. The others belong to a paired device or to one ticket. */
export const STAFF_ROLES = ['specialist', 'head', 'admin'] as const satisfies readonly Role[];

export type StaffRole = (typeof STAFF_ROLES)[number];
