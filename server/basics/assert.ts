/** States something that only a bug could make false. @throws Error, which nothing below the process edge may catch. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`);
}

/** Closes a `switch`: the compiler rejects the call while any case is unhandled. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
