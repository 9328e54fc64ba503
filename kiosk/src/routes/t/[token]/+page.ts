/** A ticket's address is not known when the app is built. */
export const prerender = false;
