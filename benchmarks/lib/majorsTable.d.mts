export declare const majorsFiles: ReadonlyArray<readonly [file: string, language: "en" | "zh", length: number]>
export declare const majorsTable: (results: unknown, language: "en" | "zh", length: number) => string
