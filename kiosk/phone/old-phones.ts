/*
 * What the library of the page asks for and browsers of 2020 do not have yet: Chrome has it from 85 on. Its syntax is made
 * older by the build (`vite.config.ts`).
 */
const texts: { replaceAll?: typeof String.prototype.replaceAll } = String.prototype;
texts.replaceAll ??= function (this: string, sought: string | RegExp, by: unknown): string {
  return typeof sought === 'string' ? this.split(sought).join(String(by)) : this.replace(sought, String(by));
};

export {};
