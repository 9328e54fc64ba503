declare module 'escpos/printer.js' {
  /** The part of npm `escpos` 2.5.2 that is used: an encoder into `buffer`. */
  export default class Printer {
    constructor(adapter: object, options: { readonly encoding?: string });
    readonly buffer: { flush(): Buffer };
    hardware(command: 'init'): this;
    print(content: Buffer): this;
    align(side: 'lt' | 'ct' | 'rt'): this;
    size(width: number, height: number): this;
    lineSpace(dots: number): this;
    setReverseColors(on: boolean): this;
    pureText(content: string, encoding: string): this;
    control(command: 'lf'): this;
  }
}
