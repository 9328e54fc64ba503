/** What the browser lets pass where only checked text may become markup or a script's address (Trusted Types). */
interface Policy {
  readonly createHTML: (text: string) => string;
  readonly createScriptURL: (text: string) => string;
}

interface PolicyMaker {
  readonly createPolicy: (name: string, rules: Policy) => Policy;
}

const rules: Policy = { createHTML: same, createScriptURL: same };
const maker = (globalThis as { readonly trustedTypes?: PolicyMaker }).trustedTypes;
const policy = maker?.createPolicy('infolett', rules) ?? rules;

/** Markup that stands in our own code: drawings, and nothing that came from outside. */
export function ownMarkup(text: string): string {
  return policy.createHTML(text);
}

/** The address of a script of our own build. */
export function ownScript(path: string): string {
  return policy.createScriptURL(path);
}

function same(text: string): string {
  return text;
}
