type Step = readonly [title: string, command: ReadonlyArray<string>, environment?: Readonly<Record<string, string>>]
export declare const suites: Readonly<Record<string, ReadonlyArray<Step>>>
