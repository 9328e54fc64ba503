/** Something outside the program failed: a disk, a network, another system. Anything else that is thrown is a bug. */
export class Outage extends Error {}
